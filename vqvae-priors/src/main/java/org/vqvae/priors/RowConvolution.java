package org.vqvae.priors;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.Kernels;

/**
 * A vertical stack's convolution, one row of the grid at a time, as a sum of matrix products: one
 * for each tap of the kernel.
 *
 * <p>A row is {@code [width * N, C]}, column after column and in each the examples, so that the
 * part of a row that a tap sees is one piece of memory and needs no copy. Rows that no later row
 * sees are overwritten.
 */
final class RowConvolution {
  private final Kernels kernels;
  private final int examples;
  private final INDArray[] rows;
  private final List<List<Tap>> taps;

  /**
   * One tap of the kernel: which part of an input row it multiplies, and which part of the output
   * row that goes to.
   */
  private record Tap(INDArray[] inputs, INDArray weights, INDArray output) {}

  /**
   * Prepares the convolution.
   *
   * @param weights {@code [kernelHeight, kernelWidth, C, outputs]}; its last row is that of the
   *     output itself
   * @param output the output row, {@code [width * N, outputs]}
   */
  RowConvolution(Kernels kernels, INDArray weights, INDArray output, int examples) {
    this.kernels = kernels;
    this.examples = examples;
    int height = (int) weights.size(0);
    rows = new INDArray[height];
    for (int i = 0; i < height; i++) {
      rows[i] = Nd4j.zeros(weights.dataType(), output.size(0), weights.size(2));
    }
    taps = new ArrayList<>();
    for (int i = 0; i < height; i++) {
      taps.add(rowOfTaps(Slices.at(weights, i), output));
    }
  }

  private List<Tap> rowOfTaps(INDArray weights, INDArray output) {
    int columns = (int) output.size(0) / examples;
    int kernelWidth = (int) weights.size(0);
    List<Tap> row = new ArrayList<>();
    for (int j = 0; j < kernelWidth; j++) {
      int shift = j - kernelWidth / 2;
      int from = Math.max(0, shift);
      int to = Math.min(columns, columns + shift);
      if (from < to) {
        INDArray[] inputs = new INDArray[rows.length];
        for (int slot = 0; slot < rows.length; slot++) {
          inputs[slot] = columns(rows[slot], from, to);
        }
        row.add(new Tap(inputs, Slices.at(weights, j), columns(output, from - shift, to - shift)));
      }
    }
    return row;
  }

  private INDArray columns(INDArray row, int from, int to) {
    return Slices.range(row, (long) from * examples, (long) to * examples);
  }

  /** Where input row {@code i} is to be written, {@code [width * N, C]}. */
  INDArray input(int i) {
    return rows[i % rows.length];
  }

  /** Where column {@code j} of input row {@code i} is to be written, {@code [N, C]}. */
  INDArray input(int i, int j) {
    return columns(input(i), j, j + 1);
  }

  /** Adds row {@code i} of the convolution to the output; rows above the grid are zero. */
  void addTo(int i) {
    for (int t = 0; t < taps.size(); t++) {
      int inputRow = i - (taps.size() - 1) + t;
      if (inputRow >= 0) {
        for (Tap tap : taps.get(t)) {
          kernels.addMatMul(tap.inputs()[inputRow % rows.length], tap.weights(), tap.output());
        }
      }
    }
  }
}
