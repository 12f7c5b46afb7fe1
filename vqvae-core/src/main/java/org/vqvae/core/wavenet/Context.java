package org.vqvae.core.wavenet;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one pass is about. Rows are time-major: all N sequences' first step, then all their second
 * ones, so that a shift in time is a shift of rows.
 *
 * @param sequences N
 * @param steps T
 * @param stretches T', the number of vectors c per sequence; each holds for T / T' steps
 * @param vectors c, {@code [T' * N, conditions]}, time-major; of no meaning without conditions
 * @param vectorsGradient dL/dc, to which every layer adds
 * @param ones {@code [1, T * N]}
 */
record Context(
    int sequences,
    int steps,
    int stretches,
    INDArray vectors,
    INDArray vectorsGradient,
    INDArray ones) {

  long rows() {
    return (long) sequences * steps;
  }

  int stretchSteps() {
    return steps / stretches;
  }
}
