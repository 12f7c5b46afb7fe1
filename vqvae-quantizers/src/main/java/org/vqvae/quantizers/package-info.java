/**
 * Quantizers, and the two roles that they are composed with: how a codebook starts ({@link
 * org.vqvae.quantizers.CodebookInitializer}) and what becomes of codes that nobody uses ({@link
 * org.vqvae.quantizers.DeadCodePolicy}).
 *
 * <p>In the paper's symbols (van den Oord et al. 2017, <a
 * href="https://arxiv.org/abs/1711.00937">Neural Discrete Representation Learning</a>) and ours: K
 * codebookSize, D codeDim, beta commitmentCost, gamma decay, z_e latents, e the codebook, z_q the
 * chosen vectors. M is the number of latents of a batch: examples x positions. Codebooks are {@code
 * [K, D]}, latents {@code [M, D]}, both FLOAT and, on the Java side, one {@code float[]} row after
 * row.
 */
@NullMarked
package org.vqvae.quantizers;

import org.jspecify.annotations.NullMarked;
