package org.vqvae.core.wavenet;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.wavenet.Layout.Span;

/**
 * Views of arrays as matrices, right also where the array is a view itself. Each is made once and
 * kept, the latest ones at least: making one costs as much as a small product, and leaves the
 * garbage collector several objects that it is slow to let go of. Arrays are told apart by
 * identity, and kept with their views.
 */
final class Matrices {
  private static final int KEPT = 1024;

  private final Map<View, INDArray> views =
      new LinkedHashMap<>(16, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<View, INDArray> eldest) {
          return size() > KEPT;
        }
      };

  /** What a view shows; the array counts as itself, not by its values. */
  private record View(
      INDArray array, long offset, long rows, long columns, long rowStride, long columnStride) {

    INDArray make() {
      return Nd4j.create(
          array.data(),
          new long[] {rows, columns},
          new long[] {rowStride, columnStride},
          array.offset() + offset,
          'c');
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof View that
          && array == that.array
          && offset == that.offset
          && rows == that.rows
          && columns == that.columns
          && rowStride == that.rowStride
          && columnStride == that.columnStride;
    }

    @Override
    public int hashCode() {
      long hash = System.identityHashCode(array);
      hash = 31 * hash + offset;
      hash = 31 * hash + rows;
      hash = 31 * hash + columns;
      return Long.hashCode(31 * hash + rowStride);
    }
  }

  private INDArray view(View view) {
    return views.computeIfAbsent(view, View::make);
  }

  /**
   * {@code rows} rows of a contiguous array read as {@code [..., columns]}, from row {@code from}
   * on.
   */
  INDArray rows(INDArray array, long from, long rows, long columns) {
    return view(new View(array, from * columns, rows, columns, columns, 1));
  }

  /** Some rows of a matrix whose rows may lie apart, the values of each side by side. */
  INDArray span(INDArray matrix, Span span) {
    long row = matrix.size(0) == 1 ? matrix.size(1) : matrix.stride(0);
    return view(new View(matrix, span.from() * row, span.rows(), matrix.size(1), row, 1));
  }

  /** A vector as {@code [1, length]}. */
  INDArray row(INDArray vector) {
    return rows(vector, 0, 1, vector.length());
  }

  /** Columns as rows. */
  INDArray transposed(INDArray matrix) {
    return view(
        new View(matrix, 0, matrix.size(1), matrix.size(0), matrix.stride(1), matrix.stride(0)));
  }
}
