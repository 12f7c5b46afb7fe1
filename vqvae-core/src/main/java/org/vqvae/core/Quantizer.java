package org.vqvae.core;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A bottleneck with codes: continuous latents z_e become entries of one or more finite codebooks,
 * z_q (van den Oord et al. 2017, eq. 1 and 2).
 *
 * <p>In {@link Phase#EVAL} the values that {@link #apply} gives are exactly those of {@link
 * #lookup} for its codes.
 */
public interface Quantizer extends Bottleneck {

  /** K of each of the Q codebooks, coarse first: one of plain VQ, Q of residual VQ. */
  List<Integer> codebookSizes();

  /** D, the length of a code vector. */
  int codeDim();

  @Override
  default int inputDim() {
    return codeDim();
  }

  @Override
  default int outputDim() {
    return codeDim();
  }

  /**
   * The vectors that codes stand for.
   *
   * @param codes M x depth codes, those of a row side by side, in the order of the codebooks
   * @param depth how many codebooks they are of, 1 to Q: the first ones
   * @return {@code [M, codeDim]}, a new array
   */
  INDArray lookup(int[] codes, int depth);
}
