package org.vqvae.core.wavenet;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one pass is about.
 *
 * @param layout of the rows
 * @param vectors c, {@code [T' * N, conditions]}, time-major; of no meaning without conditions
 * @param vectorsGradient dL/dc, like {@code vectors}, to which every layer adds
 * @param ones {@code [1, T * N]}
 */
record Context(Layout layout, INDArray vectors, INDArray vectorsGradient, INDArray ones) {

  /** The same with another place for dL/dc. */
  Context with(INDArray otherGradient) {
    return new Context(layout, vectors, otherGradient, ones);
  }

  long rows() {
    return layout.rows();
  }
}
