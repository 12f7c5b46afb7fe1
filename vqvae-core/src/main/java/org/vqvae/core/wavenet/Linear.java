package org.vqvae.core.wavenet;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Kernels.Activation;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;

/** {@code y = x W + b} on rows. */
final class Linear {
  private final Kernels kernels;
  private final Matrices matrices = new Matrices();
  private final Parameter w;
  private final Parameter b;

  Linear(Scope scope, Kernels kernels, int inputs, int outputs) {
    this(scope, kernels, inputs, outputs, Initializers.fanIn(inputs));
  }

  Linear(Scope scope, Kernels kernels, int inputs, int outputs, Parameter.Initializer initializer) {
    this.kernels = kernels;
    w = scope.learned("w", initializer, inputs, outputs);
    b = scope.learned("b", Initializers.zeros(), outputs);
  }

  List<Parameter> parameters() {
    return List.of(w, b);
  }

  long outputs() {
    return b.shape()[0];
  }

  INDArray weights() {
    return w.value();
  }

  INDArray biases() {
    return b.value();
  }

  /**
   * Adds to y what some inputs contribute, as many as x has columns, from the first on; the very
   * first ones begin the sum, and bring the biases.
   */
  void addForward(long first, INDArray x, INDArray y) {
    INDArray rows = matrices.rows(w.value(), first, x.size(1), y.size(1));
    if (first == 0) {
      kernels.affine(x, rows, b.value(), y);
    } else {
      kernels.addMatMul(x, rows, y);
    }
  }

  void forward(INDArray x, INDArray y) {
    kernels.affine(x, w.value(), b.value(), y);
  }

  /** {@code y = x W + b + plus}. */
  void forward(INDArray x, INDArray plus, INDArray y) {
    kernels.affine(x, w.value(), b.value(), plus, Activation.IDENTITY, y);
  }

  void clearGradients() {
    kernels.clear(w.gradient());
    kernels.clear(b.gradient());
  }

  /**
   * Adds to the gradients of weights and biases.
   *
   * @param ones {@code [1, at least as many as rows]}
   */
  void addBackwardWeights(INDArray x, INDArray yGradient, INDArray ones) {
    kernels.addMatMul(matrices.transposed(x), yGradient, w.gradient());
    addBackwardBiases(yGradient, ones);
  }

  /** Adds to the gradient of the biases. */
  void addBackwardBiases(INDArray yGradient, INDArray ones) {
    kernels.addMatMul(firstOf(ones, yGradient), yGradient, matrices.row(b.gradient()));
  }

  /**
   * Adds to the gradient of the weights of some inputs, as many as x has columns, from the first
   * on.
   */
  void addBackwardWeights(long first, INDArray x, INDArray yGradient) {
    INDArray rows = matrices.rows(w.gradient(), first, x.size(1), yGradient.size(1));
    kernels.addMatMul(matrices.transposed(x), yGradient, rows);
  }

  private INDArray firstOf(INDArray ones, INDArray rows) {
    return matrices.rows(ones, 0, 1, rows.size(0));
  }

  void backwardData(INDArray yGradient, INDArray xGradient) {
    kernels.matMul(yGradient, matrices.transposed(w.value()), xGradient);
  }

  /** dL/dx of some of the inputs, as many as {@code xGradient} has columns, from the first on. */
  void backwardData(long first, INDArray yGradient, INDArray xGradient) {
    INDArray rows = matrices.rows(w.value(), first, xGradient.size(1), yGradient.size(1));
    kernels.matMul(yGradient, matrices.transposed(rows), xGradient);
  }

  void addBackwardData(INDArray yGradient, INDArray xGradient) {
    kernels.addMatMul(yGradient, matrices.transposed(w.value()), xGradient);
  }
}
