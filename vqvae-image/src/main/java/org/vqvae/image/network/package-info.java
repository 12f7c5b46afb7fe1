/** Encoders and decoders of pictures. */
@NullMarked
package org.vqvae.image.network;

import org.jspecify.annotations.NullMarked;
