package org.vqvae.core;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.random.RandomStream;

/** A bottleneck without codes whose latents have a prior of their own, such as N(0, I). */
public interface VariationalBottleneck extends Bottleneck {

  /**
   * Draws latents from that prior.
   *
   * @return {@code [rows, outputDim]}, a new array
   */
  INDArray draw(long rows, RandomStream random);
}
