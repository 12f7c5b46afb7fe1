/**
 * Priors over the codes of an example: the null model, code frequencies, the gated PixelCNN, and
 * WaveNet.
 *
 * <p>Symbols: z the codes of an example, in raster order; K the codebook's size; N examples; H, W
 * the grid; h (in {@code V h}) the one-hot class.
 */
@NullMarked
package org.vqvae.priors;

import org.jspecify.annotations.NullMarked;
