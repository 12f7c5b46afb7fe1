package org.vqvae.core.wavenet;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Kernels.Activation;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.wavenet.Context.Span;

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
  private final int channels;
  private final DilatedConvolution filter;
  private final DilatedConvolution gate;
  private final @Nullable Linear residual;
  private final Buffers own = new Buffers();
  private @Nullable Pass pass;

  /**
   * What the passes over the spans work on: the filter's and the gate's activations, which become
   * gradients backward, and z, some columns of an array of all layers.
   */
  private record Pass(
      Context context, INDArray x, INDArray filter, INDArray gate, INDArray z, INDArray next) {}

  /**
   * Makes a layer.
   *
   * @param last whether nothing but the skip connection looks at it: then it has no x'
   */
  WaveNetLayer(
      Kernels kernels, String name, int channels, int dilation, int conditions, boolean last) {
    this.kernels = kernels;
    this.dilation = dilation;
    this.channels = channels;
    filter = new DilatedConvolution(kernels, name + "/filter", channels, dilation, conditions);
    gate = new DilatedConvolution(kernels, name + "/gate", channels, dilation, conditions);
    residual = last ? null : new Linear(kernels, name + "/residual", channels, channels);
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
   * Takes note of what the next passes are about.
   *
   * @param x {@code [T * N, R]}, of which each span is computed before this layer's
   * @param z {@code [T * N, R]}, whose spans this layer computes
   * @return x', whose spans this layer computes, or x after the last layer
   */
  INDArray begin(INDArray x, INDArray z, Context context) {
    DataType type = x.dataType();
    INDArray f = own.get("filter", type, context.rows(), channels);
    INDArray g = own.get("gate", type, context.rows(), channels);
    INDArray next = residual == null ? x : own.get("x", type, context.rows(), channels);
    pass = new Pass(context, x, f, g, z, next);
    return next;
  }

  /** Computes z and x' in the rows of a span. */
  void forward(Span span) {
    Pass now = requireNonNull(pass, "forward before begin");
    filter.forward(now.x, Activation.TANH, now.filter, now.context, span);
    gate.forward(now.x, Activation.SIGMOID, now.gate, now.context, span);
    INDArray z = matrices.span(now.z, span);
    kernels.gate(matrices.span(now.filter, span), matrices.span(now.gate, span), z);
    if (residual != null) {
      residual.forward(z, matrices.span(now.x, span), matrices.span(now.next, span));
    }
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
   * Adds to the gradients of the parameters what the rows of a span contribute. Later spans come
   * first.
   *
   * @param z room for z of the span
   * @param dz dL/dz of the span by way of the skip connection; changed
   * @param dx dL/dx' of the span, 0 after the last layer; becomes dL/dx
   */
  void backward(Span span, INDArray z, INDArray dz, INDArray dx) {
    Pass last = requireNonNull(pass, "backward before forward");
    Context context = last.context;
    INDArray t = matrices.span(last.filter, span);
    INDArray s = matrices.span(last.gate, span);
    if (residual != null) {
      kernels.gate(t, s, z); // faster than reading it from among those of all layers
      residual.addBackwardData(dx, dz);
      residual.addBackwardWeights(z, dx, context.ones());
    }
    kernels.gateGradientInPlace(t, s, dz);
    filter.backwardWeights(last.x, last.filter, context, span);
    gate.backwardWeights(last.x, last.gate, context, span);
    filter.addBackwardData(last.filter, dx, context, span);
    gate.addBackwardData(last.gate, dx, context, span);
  }
}
