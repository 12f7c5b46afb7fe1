package org.vqvae.priors;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Convolution;
import org.vqvae.core.kernel.ConvolutionSpec;
import org.vqvae.core.kernel.ConvolutionSpec.Epilogue;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;

/**
 * A convolution of feature maps that keeps their extent and looks at no row below an output's own;
 * in its own row, at both sides if its kernel is that of a vertical stack, and never to the right
 * if it is that of a horizontal one.
 *
 * <p>The kernel covers what may be seen and nothing else, so nothing is masked.
 */
final class CausalConvolution {
  private final Kernels kernels;
  private final Parameter weight;
  private final Parameter bias;
  private final Window window;
  private final Epilogue epilogue;
  private final Map<ConvolutionSpec, Convolution> prepared = new HashMap<>();

  private CausalConvolution(
      Scope scope,
      Kernels kernels,
      Window window,
      Epilogue epilogue,
      double gain,
      int inputs,
      int outputs) {
    this.kernels = kernels;
    this.window = window;
    this.epilogue = epilogue;
    double fanIn = (double) window.kernelHeight() * window.kernelWidth() * inputs;
    weight =
        scope.learned(
            "w",
            Initializers.fanIn(Math.max(1, Math.round(fanIn / (gain * gain)))),
            window.kernelHeight(),
            window.kernelWidth(),
            inputs,
            outputs);
    bias = scope.learned("b", Initializers.zeros(), outputs);
  }

  /**
   * Sees {@code rows} rows, the last its own, and {@code columns} columns, the middle one its own.
   *
   * @param gain by how much the weights start larger than a linear layer's
   */
  static CausalConvolution vertical(
      Scope scope, Kernels kernels, int rows, int columns, double gain, int inputs, int outputs) {
    Window window = Window.padded(rows, columns, rows - 1, columns / 2, 0, columns / 2);
    return new CausalConvolution(scope, kernels, window, Epilogue.NONE, gain, inputs, outputs);
  }

  /** Sees {@code columns} columns of its own row, the last its own. */
  static CausalConvolution horizontal(
      Scope scope, Kernels kernels, int columns, int inputs, int outputs) {
    Window window = Window.padded(1, columns, 0, columns - 1, 0, 0);
    return new CausalConvolution(scope, kernels, window, Epilogue.NONE, 1, inputs, outputs);
  }

  /** Sees its own position alone; {@code gain} as above. */
  static CausalConvolution pointwise(
      Scope scope, Kernels kernels, Epilogue epilogue, double gain, int inputs, int outputs) {
    Window window = Window.square(1, 1, 0);
    return new CausalConvolution(scope, kernels, window, epilogue, gain, inputs, outputs);
  }

  List<Parameter> parameters() {
    return List.of(weight, bias);
  }

  int outputs() {
    return (int) bias.length();
  }

  /** {@code [kernelHeight, kernelWidth, inputs, outputs]}. */
  INDArray weights() {
    return weight.value();
  }

  /** {@code [outputs]}. */
  INDArray biases() {
    return bias.value();
  }

  void forward(FeatureMap x, FeatureMap y) {
    prepared(x).forward(x.grid(), weight.value(), bias.value(), y.grid());
  }

  /** Sets the gradients of weights and biases, and {@code xGradient}. */
  void backward(FeatureMap x, FeatureMap yGradient, FeatureMap xGradient) {
    Convolution convolution = prepared(x);
    convolution.backwardWeights(x.grid(), yGradient.grid(), weight.gradient(), bias.gradient());
    convolution.backwardData(yGradient.grid(), weight.value(), xGradient.grid());
  }

  private Convolution prepared(FeatureMap x) {
    INDArray grid = x.grid();
    ConvolutionSpec spec =
        new ConvolutionSpec(
            grid.dataType(),
            (int) grid.size(0),
            (int) grid.size(1),
            (int) grid.size(2),
            (int) grid.size(3),
            outputs(),
            window,
            epilogue);
    return prepared.computeIfAbsent(spec, kernels::convolution);
  }
}
