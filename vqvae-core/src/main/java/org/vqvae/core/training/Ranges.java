package org.vqvae.core.training;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Parts of flat vectors. */
final class Ranges {
  private Ranges() {}

  /** A view of some values of a vector, whatever rank it has, as {@code [1, length]}. */
  static INDArray of(INDArray vector, long from, long length) {
    return Nd4j.create(
        vector.data(), new long[] {1, length}, new long[] {length, 1}, vector.offset() + from, 'c');
  }
}
