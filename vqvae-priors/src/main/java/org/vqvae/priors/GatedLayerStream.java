package org.vqvae.priors;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.Kernels;

/**
 * A {@link GatedLayer} that computes one row of its vertical stack and one column of its horizontal
 * stack at a time, with the same symbols.
 *
 * <p>All arrays and views are made once. A row of the grid is {@code [width * N, channels]}: column
 * after column, and in each the N examples.
 */
final class GatedLayerStream {
  private final Kernels kernels;
  private final boolean residual;
  private final RowConvolution vertical;
  private final INDArray[] horizontalTaps;
  private final INDArray link;
  private final Affine out;
  private final INDArray aStart;
  private final INDArray bStart;
  private final INDArray a;
  private final INDArray b;
  private final INDArray[] bColumns;
  private final INDArray[] h;
  private final INDArray gated;

  /**
   * Prepares the arrays.
   *
   * @param oneHot the class of each example, {@code [N, classes]}
   */
  GatedLayerStream(Kernels kernels, GatedLayer.Parts parts, int columns, INDArray oneHot) {
    this.kernels = kernels;
    int examples = (int) oneHot.size(0);
    residual = parts.residual();
    link = parts.link().value();
    out = new Affine(kernels, parts.out(), examples);
    aStart = start(parts.vertical(), parts.verticalCondition(), oneHot, columns);
    bStart = start(parts.horizontal(), parts.horizontalCondition(), oneHot, columns);
    a = aStart.dup();
    b = bStart.dup();
    gated = out.newOutput();
    vertical = new RowConvolution(kernels, parts.vertical().weights(), a, examples);
    horizontalTaps = Slices.all(Slices.at(parts.horizontal().weights(), 0));
    bColumns = new INDArray[columns];
    h = new INDArray[columns];
    for (int j = 0; j < columns; j++) {
      bColumns[j] = Slices.range(b, (long) j * examples, (j + 1L) * examples);
      h[j] = out.newOutput();
    }
  }

  /** What a row's pre-activations start from: bias and condition. */
  private static INDArray start(
      CausalConvolution convolution, Condition condition, INDArray oneHot, int columns) {
    INDArray biases = convolution.biases();
    INDArray column =
        Nd4j.zeros(biases.dataType(), oneHot.size(0), biases.length()).addiRowVector(biases);
    condition.addTo(column, oneHot);
    return Nd4j.tile(column, columns, 1);
  }

  /** Where v is to be written. */
  RowConvolution vertical() {
    return vertical;
  }

  /** Where column j of h is to be written, {@code [N, C]}; the first layer's starts as zero. */
  INDArray h(int j) {
    return h[j];
  }

  /** Computes row {@code i} of the vertical stack, and what it says to the horizontal one. */
  void row(int i, @Nullable INDArray newV) {
    a.assign(aStart);
    vertical.addTo(i);
    b.assign(bStart);
    kernels.addMatMul(a, link, b);
    if (newV != null) {
      kernels.gate(a, newV);
    }
  }

  /**
   * Computes column {@code j} of the horizontal stack, once, in the row that {@link #row} was
   * about.
   */
  void column(int j, INDArray newH) {
    for (int t = 0; t < horizontalTaps.length; t++) {
      int column = j - (horizontalTaps.length - 1) + t;
      if (column >= 0) {
        kernels.addMatMul(h[column], horizontalTaps[t], bColumns[j]);
      }
    }
    kernels.gate(bColumns[j], gated);
    out.forward(gated, newH);
    if (residual) {
      kernels.add(h[j], newH);
    }
  }
}
