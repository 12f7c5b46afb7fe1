package org.vqvae.core.wavenet;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The rows of one pass through the stack, and what their gates are conditioned on.
 *
 * @param layout of the rows
 * @param vectors c, {@code [T' * N, conditions]}, time-major; of no meaning without conditions
 * @param vectorsGradient dL/dc, like {@code vectors}, to which every layer adds
 * @param ones {@code [1, T * N]}
 */
record StackPass(Layout layout, INDArray vectors, INDArray vectorsGradient, INDArray ones) {

  /** The same with another place for dL/dc. */
  StackPass with(INDArray otherGradient) {
    return new StackPass(layout, vectors, otherGradient, ones);
  }

  long rows() {
    return layout.rows();
  }
}
