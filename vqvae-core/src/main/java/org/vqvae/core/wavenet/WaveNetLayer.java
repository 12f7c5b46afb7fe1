package org.vqvae.core.wavenet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Kernels.Activation;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.wavenet.Layout.Span;

/**
 * One layer of WaveNet: a gated unit of two dilated convolutions, and a residual connection (van
 * den Oord et al. 2016, eq. 2 and 5, and figure 4).
 *
 * <pre>
 * z  = tanh(W_f * x + V_f c + b_f) . sigmoid(W_g * x + V_g c + b_g)
 * x' = x + O z + o
 * </pre>
 */
final class WaveNetLayer {
  private final Kernels kernels;
  private final Matrices matrices = new Matrices();
  private final int dilation;
  private final DilatedConvolution filter;
  private final DilatedConvolution gate;
  private final @Nullable Linear residual;

  /**
   * The arrays of all rows that a layer works on, {@code [T * N, R]}.
   *
   * @param x what comes from below
   * @param filter the filter's activations, which become gradients backward
   * @param gate the gate's, likewise
   * @param next x', or x after the last layer
   */
  record Arrays(INDArray x, INDArray filter, INDArray gate, INDArray next) {}

  /**
   * Makes a layer.
   *
   * @param last whether nothing but the skip connection looks at it: then it has no x'
   */
  WaveNetLayer(
      Scope scope, Kernels kernels, int channels, int dilation, int conditions, boolean last) {
    this.kernels = kernels;
    this.dilation = dilation;
    filter = new DilatedConvolution(scope.child("filter"), kernels, channels, dilation, conditions);
    gate = new DilatedConvolution(scope.child("gate"), kernels, channels, dilation, conditions);
    residual = last ? null : new Linear(scope.child("residual"), kernels, channels, channels);
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(filter.parameters());
    parameters.addAll(gate.parameters());
    if (residual != null) {
      parameters.addAll(residual.parameters());
    }
    return parameters;
  }

  int dilation() {
    return dilation;
  }

  DilatedConvolution filter() {
    return filter;
  }

  DilatedConvolution gate() {
    return gate;
  }

  @Nullable Linear residual() {
    return residual;
  }

  /**
   * Computes z and x' in the rows of a span. Its x and that of the rows before must be known.
   *
   * @param z receives the span's z, {@code [rows, R]}
   */
  void forward(Arrays arrays, StackPass pass, Span span, INDArray z) {
    filter.forward(arrays.x, Activation.TANH, arrays.filter, pass, span);
    gate.forward(arrays.x, Activation.SIGMOID, arrays.gate, pass, span);
    gate(arrays, span, z);
    if (residual != null) {
      residual.forward(z, matrices.span(arrays.x, span), matrices.span(arrays.next, span));
    }
  }

  /**
   * {@code z = t s} of the rows of a span.
   *
   * @param z receives it, {@code [rows, R]}
   */
  void gate(Arrays arrays, Span span, INDArray z) {
    kernels.gate(matrices.span(arrays.filter, span), matrices.span(arrays.gate, span), z);
  }

  /** To be called once before the spans' backward passes, which add. */
  void clearGradients() {
    filter.clearGradients();
    gate.clearGradients();
    if (residual != null) {
      residual.clearGradients();
    }
  }

  /**
   * The first part of a span's backward pass: turns the activations into gradients.
   *
   * @param z of the span
   * @param dz dL/dz of the span by way of the skip connection; changed
   * @param dx dL/dx' of the span, 0 after the last layer
   */
  void backwardGate(
      Arrays arrays, StackPass pass, Span span, INDArray z, INDArray dz, INDArray dx) {
    if (residual != null) {
      residual.addBackwardData(dx, dz);
      residual.addBackwardWeights(z, dx, pass.ones());
    }
    kernels.gateGradientInPlace(
        matrices.span(arrays.filter, span), matrices.span(arrays.gate, span), dz);
  }

  /** Then: adds to the gradients of the parameters what the rows of the span contribute. */
  void backwardWeights(Arrays arrays, StackPass pass, Span span) {
    filter.backwardWeights(arrays.x, arrays.filter, pass, span);
    gate.backwardWeights(arrays.x, arrays.gate, pass, span);
  }

  /** Last, once the rows that look at this span's have their gradients: dL/dx' becomes dL/dx. */
  void addBackwardData(Arrays arrays, StackPass pass, Span span, INDArray dx) {
    filter.addBackwardData(arrays.filter, dx, pass, span);
    gate.addBackwardData(arrays.gate, dx, pass, span);
  }
}
