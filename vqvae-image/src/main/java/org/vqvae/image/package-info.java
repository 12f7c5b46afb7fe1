/** Pictures: data sets, encoders, decoders. */
@NullMarked
package org.vqvae.image;

import org.jspecify.annotations.NullMarked;
