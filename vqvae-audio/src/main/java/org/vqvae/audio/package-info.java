/** Sound: data sets, encoders and decoders. */
@NullMarked
package org.vqvae.audio;

import org.jspecify.annotations.NullMarked;
