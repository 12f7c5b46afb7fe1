package org.vqvae.priors;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.Kernels;

/** A pointwise convolution of one position of N examples: {@code y = x W + b}. */
final class Affine {
  private final Kernels kernels;
  private final INDArray weights;
  private final INDArray biases;
  private final int examples;

  Affine(Kernels kernels, CausalConvolution pointwise, int examples) {
    this.kernels = kernels;
    this.examples = examples;
    weights = Slices.at(Slices.at(pointwise.weights(), 0), 0);
    biases = pointwise.biases();
  }

  /** A zero array for the result, {@code [N, outputs]}. */
  INDArray newOutput() {
    return Nd4j.zeros(biases.dataType(), examples, biases.length());
  }

  void forward(INDArray x, INDArray y) {
    kernels.affine(x, weights, biases, y);
  }
}
