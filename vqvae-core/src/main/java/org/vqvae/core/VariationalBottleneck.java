package org.vqvae.core;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.random.RandomStream;

/**
 * A bottleneck without codes whose latents have a distribution, and a prior of their own such as
 * N(0, I).
 *
 * <p>{@link #apply} draws the values where {@link Phase#drawsLatents()}, and gives their mean
 * otherwise.
 */
public interface VariationalBottleneck extends Bottleneck {

  /**
   * Draws latents from that prior.
   *
   * @return {@code [rows, outputDim]}, a new array
   */
  INDArray draw(long rows, RandomStream random);
}
