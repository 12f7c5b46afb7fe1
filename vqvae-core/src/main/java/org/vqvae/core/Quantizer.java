package org.vqvae.core;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.nn.Parameter;

/**
 * Replaces continuous latents by entries of a finite codebook: z_e becomes z_q (van den Oord et al.
 * 2017, eq. 1 and 2).
 *
 * <p>Latents come as rows: whatever the data's grid, M = N x positions rows of D values. An
 * implementation is a plain object; the framework places it in the network, and whatever it lists
 * in {@link #parameters()} is trained, saved and resumed with the rest.
 */
public interface Quantizer {

  /** K, the number of entries of the codebook. */
  int codebookSize();

  /** D, the length of a code vector. */
  int codeDim();

  /** What it learns or keeps: a codebook trained by gradient, or state such as moving averages. */
  List<Parameter> parameters();

  /**
   * Replaces each latent by a code. Only {@link Phase#TRAIN} may change the quantizer's state, and
   * then after the codes were chosen with the old one.
   *
   * @param latents z_e, {@code [M, D]}
   */
  Quantized quantize(INDArray latents, Phase phase);

  /**
   * The vectors that codes stand for.
   *
   * @param codes M codes in 0..K-1
   * @return {@code [M, D]}, a new array
   */
  INDArray lookup(int[] codes);
}
