package org.vqvae.priors;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Contiguous pieces of contiguous arrays, as views. {@link INDArray#get} does not serve for what
 * may be a view itself, as parameters are: in ND4J 1.0.0-M2.1 it returns an empty array where the
 * offset exceeds the length.
 */
final class Slices {
  private Slices() {}

  /** {@code array[i]} along the first dimension. */
  static INDArray at(INDArray array, long i) {
    INDArray one = range(array, i, i + 1);
    long[] shape = Arrays.copyOfRange(one.shape(), 1, one.rank());
    return view(one, one.offset(), shape);
  }

  /** {@code array[from .. to-1]} along the first dimension. */
  static INDArray range(INDArray array, long from, long to) {
    long[] shape = array.shape();
    long step = array.length() / shape[0];
    shape = shape.clone();
    shape[0] = to - from;
    return view(array, array.offset() + from * step, shape);
  }

  /** {@code array[0], array[1], ...}. */
  static INDArray[] all(INDArray array) {
    INDArray[] slices = new INDArray[(int) array.size(0)];
    Arrays.setAll(slices, i -> at(array, i));
    return slices;
  }

  /** Columns {@code from} to {@code to} (exclusive) of a matrix; alone they are not contiguous. */
  static INDArray columns(INDArray matrix, long from, long to) {
    long[] shape = {matrix.size(0), to - from};
    long[] strides = {matrix.size(1), 1};
    return Nd4j.create(matrix.data(), shape, strides, matrix.offset() + from, 'c');
  }

  private static INDArray view(INDArray array, long offset, long[] shape) {
    return Nd4j.create(array.data(), shape, Nd4j.getStrides(shape, 'c'), offset, 'c');
  }
}
