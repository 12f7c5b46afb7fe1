/**
 * Priors over the codes of an example: the null model, code frequencies, the gated PixelCNN, and
 * WaveNet.
 *
 * <p>Symbols: z the codes of an example, position by position in raster order and codebook by
 * codebook in each position; K a codebook's size; Q the number of codebooks; N examples; H, W the
 * grid; c what a gate is conditioned on (h in the papers): the one-hot class and F features of the
 * coarser codes.
 */
@NullMarked
package org.vqvae.priors;

import org.jspecify.annotations.NullMarked;
