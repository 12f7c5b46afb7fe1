package org.vqvae.core.wavenet;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Views of contiguous arrays as matrices, right also where the array is a view itself. */
final class Matrices {
  private Matrices() {}

  /** {@code rows} rows of an array read as {@code [..., columns]}, from row {@code from} on. */
  static INDArray rows(INDArray array, long from, long rows, long columns) {
    return Nd4j.create(
        array.data(),
        new long[] {rows, columns},
        new long[] {columns, 1},
        array.offset() + from * columns,
        'c');
  }

  /** A vector as {@code [1, length]}. */
  static INDArray row(INDArray vector) {
    return rows(vector, 0, 1, vector.length());
  }
}
