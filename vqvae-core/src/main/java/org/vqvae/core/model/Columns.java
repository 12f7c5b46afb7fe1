package org.vqvae.core.model;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.vqvae.core.nn.Buffers;

/** Two matrices side by side. */
final class Columns {
  private final Buffers buffers = new Buffers();
  private final long left;
  private final long right;

  /**
   * @param left columns of the left matrix
   * @param right columns of the right one
   */
  Columns(long left, long right) {
    this.left = left;
    this.right = right;
  }

  INDArray join(INDArray one, INDArray other) {
    INDArray both = buffers.get("both", one.dataType(), one.size(0), left + right);
    columns(both, 0, left).assign(one);
    columns(both, left, left + right).assign(other);
    return both;
  }

  /** A copy of the left columns. */
  INDArray left(INDArray both) {
    return copy("left", both, 0, left);
  }

  /** A copy of the right columns. */
  INDArray right(INDArray both) {
    return copy("right", both, left, left + right);
  }

  private INDArray copy(String name, INDArray both, long from, long to) {
    return buffers
        .get(name, both.dataType(), both.size(0), to - from)
        .assign(columns(both, from, to));
  }

  private static INDArray columns(INDArray both, long from, long to) {
    return both.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }
}
