package org.vqvae.priors;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.Kernels;

/** A pointwise convolution of one position of N examples: {@code y = x W + b}. */
final class Affine {
  private final Kernels kernels;
  private final INDArray weights;
  private final INDArray biases;

  Affine(Kernels kernels, CausalConvolution pointwise, int examples) {
    this.kernels = kernels;
    weights = Slices.at(Slices.at(pointwise.weights(), 0), 0);
    biases = repeatedBiases(pointwise, examples);
  }

  /** The biases of a convolution, {@code [examples, outputs]}. */
  static INDArray repeatedBiases(CausalConvolution convolution, int examples) {
    INDArray biases = convolution.biases();
    return Nd4j.zeros(biases.dataType(), examples, convolution.outputs()).addiRowVector(biases);
  }

  /** A zero array for the result, {@code [N, outputs]}. */
  INDArray newOutput() {
    return biases.like();
  }

  void forward(INDArray x, INDArray y) {
    y.assign(biases);
    kernels.addMatMul(x, weights, y);
  }
}
