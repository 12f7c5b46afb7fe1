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
  private final GatedLayer.Parts parts;
  private final int columns;
  private final int examples;
  private final INDArray aStart;
  private final INDArray bStart;
  private final INDArray a;
  private final INDArray b;
  private final INDArray[] bColumns;
  private final INDArray[] h;
  private final INDArray gated;

  /** Prepares the arrays; {@link #condition} must follow. */
  GatedLayerStream(Kernels kernels, GatedLayer.Parts parts, int columns, int examples) {
    this.kernels = kernels;
    this.parts = parts;
    this.columns = columns;
    this.examples = examples;
    residual = parts.residual();
    link = parts.link().value();
    out = new Affine(kernels, parts.out(), examples);
    aStart = newRow(parts.vertical());
    bStart = newRow(parts.horizontal());
    a = aStart.like();
    b = bStart.like();
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

  private INDArray newRow(CausalConvolution convolution) {
    INDArray biases = convolution.biases();
    return Nd4j.zeros(biases.dataType(), (long) columns * examples, biases.length());
  }

  /**
   * Sets what the rows from the next one on are conditioned on.
   *
   * @param conditions c of each example, {@code [N, width]}, or of each column and in it of each
   *     example, {@code [columns * N, width]}
   */
  void condition(INDArray conditions) {
    start(parts.vertical(), parts.verticalBias(), conditions, aStart);
    start(parts.horizontal(), parts.horizontalBias(), conditions, bStart);
  }

  /** Sets what a row's pre-activations start from: biases and conditions. */
  private void start(
      CausalConvolution convolution, GateBias bias, INDArray conditions, INDArray row) {
    INDArray biases = convolution.biases();
    INDArray some =
        Nd4j.zeros(biases.dataType(), conditions.size(0), biases.length()).addiRowVector(biases);
    bias.addTo(some, conditions);
    row.assign(conditions.size(0) == row.size(0) ? some : Nd4j.tile(some, columns, 1));
  }

  /** Where v is to be written. */
  RowConvolution vertical() {
    return vertical;
  }

  /** Where column j of h is to be written, {@code [N, C]}; the first layer's starts as zero. */
  INDArray h(int j) {
    return h[j];
  }

  /** Computes row {@code i} of the vertical stack, and its term in the horizontal one. */
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
