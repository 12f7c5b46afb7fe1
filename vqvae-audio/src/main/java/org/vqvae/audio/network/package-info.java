/** Encoders and decoders of sound, {@code [N, T, 1]} in -1...+1. */
@NullMarked
package org.vqvae.audio.network;

import org.jspecify.annotations.NullMarked;
