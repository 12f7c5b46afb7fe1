package org.vqvae.core.wavenet;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Views of arrays as matrices, right also where the array is a view itself. */
final class Matrices {
  private Matrices() {}

  /**
   * {@code rows} rows of a contiguous array read as {@code [..., columns]}, from row {@code from}
   * on.
   */
  static INDArray rows(INDArray array, long from, long rows, long columns) {
    return Nd4j.create(
        array.data(),
        new long[] {rows, columns},
        new long[] {columns, 1},
        array.offset() + from * columns,
        'c');
  }

  /** Some rows of a matrix whose rows may lie apart, the values of each side by side. */
  static INDArray span(INDArray matrix, long from, long rows) {
    long row = matrix.size(0) == 1 ? matrix.size(1) : matrix.stride(0);
    return Nd4j.create(
        matrix.data(),
        new long[] {rows, matrix.size(1)},
        new long[] {row, 1},
        matrix.offset() + from * row,
        'c');
  }

  /** {@code count} columns of a contiguous matrix, from column {@code from} on. */
  static INDArray columns(INDArray matrix, long from, long count) {
    return Nd4j.create(
        matrix.data(),
        new long[] {matrix.size(0), count},
        new long[] {matrix.size(1), 1},
        matrix.offset() + from,
        'c');
  }

  /** A vector as {@code [1, length]}. */
  static INDArray row(INDArray vector) {
    return rows(vector, 0, 1, vector.length());
  }
}
