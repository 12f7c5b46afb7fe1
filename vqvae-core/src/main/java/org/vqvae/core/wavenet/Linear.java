package org.vqvae.core.wavenet;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Kernels.Activation;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;

/** {@code y = x W + b} on rows. */
final class Linear {
  private final Kernels kernels;
  private final Parameter w;
  private final Parameter b;

  Linear(Kernels kernels, String name, int inputs, int outputs) {
    this(kernels, name, inputs, outputs, Initializers.fanIn(inputs));
  }

  Linear(Kernels kernels, String name, int inputs, int outputs, Parameter.Initializer initializer) {
    this.kernels = kernels;
    w = Parameter.learned(name + "/w", initializer, inputs, outputs);
    b = Parameter.learned(name + "/b", Initializers.zeros(), outputs);
  }

  List<Parameter> parameters() {
    return List.of(w, b);
  }

  INDArray weights() {
    return w.value();
  }

  INDArray biases() {
    return b.value();
  }

  void forward(INDArray x, INDArray y) {
    kernels.affine(x, w.value(), b.value(), y);
  }

  /** {@code y = x W + b + plus}. */
  void forward(INDArray x, INDArray plus, INDArray y) {
    kernels.affine(x, w.value(), b.value(), plus, Activation.IDENTITY, y);
  }

  /**
   * Sets the gradients of weights and biases.
   *
   * @param ones {@code [1, rows]}
   */
  void backwardWeights(INDArray x, INDArray yGradient, INDArray ones) {
    kernels.matMul(x.transpose(), yGradient, w.gradient());
    kernels.matMul(ones, yGradient, Matrices.row(b.gradient()));
  }

  void clearGradients() {
    w.gradient().assign(0);
    b.gradient().assign(0);
  }

  /** Adds to the gradients of weights and biases; otherwise as {@link #backwardWeights}. */
  void addBackwardWeights(INDArray x, INDArray yGradient, INDArray ones) {
    kernels.addMatMul(x.transpose(), yGradient, w.gradient());
    kernels.addMatMul(ones, yGradient, Matrices.row(b.gradient()));
  }

  void backwardData(INDArray yGradient, INDArray xGradient) {
    kernels.matMul(yGradient, w.value().transpose(), xGradient);
  }

  /** dL/dx of some of the inputs, as many as {@code xGradient} has columns, from the first on. */
  void backwardData(long first, INDArray yGradient, INDArray xGradient) {
    INDArray rows = Matrices.rows(w.value(), first, xGradient.size(1), yGradient.size(1));
    kernels.matMul(yGradient, rows.transpose(), xGradient);
  }

  void addBackwardData(INDArray yGradient, INDArray xGradient) {
    kernels.addMatMul(yGradient, w.value().transpose(), xGradient);
  }
}
