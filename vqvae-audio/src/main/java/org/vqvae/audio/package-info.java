/** Sound: data sets. */
@NullMarked
package org.vqvae.audio;

import org.jspecify.annotations.NullMarked;
