package org.vqvae.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Views of contiguous arrays. {@link INDArray#get} cannot be used on what may be a view itself: in
 * ND4J 1.0.0-M2.1 it returns an empty array where the offset in the underlying buffer exceeds the
 * length of the array.
 */
final class Views {
  private Views() {}

  /** The elements of {@code base} from {@code offset} on, with shape and strides of their own. */
  static INDArray view(INDArray base, long offset, long[] shape, long[] strides) {
    return Nd4j.create(base.data(), shape, strides, base.offset() + offset, 'c');
  }

  /** A contiguous array as {@code [rows, channels]}. */
  static INDArray rows(INDArray array) {
    return array.reshape(-1, array.size(-1));
  }

  /** The first (0) or second (1) half of the channels of every row, {@code [rows, C]}. */
  static INDArray half(INDArray x, int which) {
    long channels = x.size(-1) / 2;
    long rows = x.length() / (2 * channels);
    return view(x, which * channels, new long[] {rows, channels}, new long[] {2 * channels, 1});
  }

  /**
   * Every {@code rowStep}-th row and every {@code columnStep}-th column of a picture.
   *
   * @param x {@code [N, H, W, C]}
   * @return {@code [N, rows, columns, C]}
   */
  static INDArray window(
      INDArray x, int top, int left, int rowStep, int columnStep, int rows, int columns) {
    long channels = x.size(3);
    long row = x.size(2) * channels;
    return view(
        x,
        top * row + left * channels,
        new long[] {x.size(0), rows, columns, channels},
        new long[] {x.size(1) * row, rowStep * row, columnStep * channels, 1});
  }
}
