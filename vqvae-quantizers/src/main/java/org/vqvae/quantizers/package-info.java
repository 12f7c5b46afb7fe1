/**
 * Bottlenecks: quantizers ({@link org.vqvae.quantizers.NearestQuantizer}, {@link
 * org.vqvae.quantizers.EmaQuantizer}, {@link org.vqvae.quantizers.ResidualQuantizer}), the Gaussian
 * of a VAE and none at all; and the three roles that quantizers are composed of: how a codebook
 * starts ({@link org.vqvae.quantizers.CodebookInitializer}), what becomes of codes that nobody uses
 * ({@link org.vqvae.quantizers.DeadCodePolicy}), and how the gradient gets past the choice of a
 * code ({@link org.vqvae.quantizers.GradientEstimator}).
 *
 * <p>In the paper's symbols (van den Oord et al. 2017, <a
 * href="https://arxiv.org/abs/1711.00937">Neural Discrete Representation Learning</a>) and ours: K
 * codebookSize, D codeDim, beta commitmentCost, gamma decay, z_e latents, e the codebook, z_q the
 * chosen vectors. Q is the number of codebooks of a residual. M is the number of latents of a
 * batch: examples x positions. Codebooks are {@code [K, D]}, latents {@code [N, ..., D]}, their
 * vectors {@code [M, D]}, all FLOAT and, on the Java side, one {@code float[]} row after row.
 */
@NullMarked
package org.vqvae.quantizers;

import org.jspecify.annotations.NullMarked;
