package org.vqvae.core.wavenet;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.wavenet.Context.Span;

/**
 * One layer of WaveNet: a causal convolution of kernel 2 and dilation d, a gate, and two pointwise
 * convolutions (van den Oord et al. 2016, eq. 2 and 5, and figure 4).
 *
 * <pre>
 * a(t) = W_0 x(t - d) + W_1 x(t) + V c(t) + b      z = tanh(first half of a) * sigmoid(second half)
 * x'   = x + O z + o                               skip += S z
 * </pre>
 *
 * <p>All of it is matrix products on time-major rows: the convolution is two, the second shifted.
 */
final class WaveNetLayer {
  private final Kernels kernels;
  private final int dilation;
  private final int channels;
  private final Parameter w;
  private final GateStart start;
  private final Parameter skip;
  private final @Nullable Linear residual;
  private final Buffers own = new Buffers();
  private final Buffers scratch;
  private @Nullable Pass pass;

  /** What the backward pass needs of the last forward pass. */
  private record Pass(Context context, INDArray x, INDArray a, INDArray z, INDArray next) {}

  /**
   * Makes a layer.
   *
   * @param last whether nothing but the skip connection looks at it: then it has no x'
   * @param scratch for gradients; layers may share it
   */
  WaveNetLayer(
      Kernels kernels,
      String name,
      WaveNetSettings settings,
      int dilation,
      int conditions,
      boolean last,
      Buffers scratch) {
    this.kernels = kernels;
    this.dilation = dilation;
    this.scratch = scratch;
    channels = settings.channels();
    w =
        Parameter.learned(
            name + "/dilated/w", Initializers.fanIn(2L * channels), 2, channels, 2L * channels);
    start = new GateStart(kernels, name + "/dilated", conditions, 2 * channels);
    // no bias: there is one for the sum of all layers
    skip =
        Parameter.learned(
            name + "/skip/w", Initializers.fanIn(channels), channels, settings.skipChannels());
    residual = last ? null : new Linear(kernels, name + "/residual", channels, channels);
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(List.of(w));
    parameters.addAll(start.parameters());
    parameters.add(skip);
    if (residual != null) {
      parameters.addAll(residual.parameters());
    }
    return parameters;
  }

  int dilation() {
    return dilation;
  }

  /** W_0 (0) or W_1 (1), {@code [R, 2R]}. */
  INDArray tap(int tap) {
    return tap(w.value(), tap);
  }

  private INDArray tap(INDArray taps, int tap) {
    return Matrices.rows(taps, (long) tap * channels, channels, 2L * channels);
  }

  GateStart start() {
    return start;
  }

  INDArray skipWeights() {
    return skip.value();
  }

  @Nullable Linear residual() {
    return residual;
  }

  /**
   * Takes note of what the next passes are about.
   *
   * @param x {@code [T * N, R]}, of which each span is computed before this layer's
   * @return x', whose spans this layer computes, or x after the last layer
   */
  INDArray begin(INDArray x, Context context) {
    DataType type = x.dataType();
    INDArray a = own.get("a", type, context.rows(), 2L * channels);
    INDArray z = own.get("z", type, context.rows(), channels);
    INDArray next = residual == null ? x : own.get("x", type, context.rows(), channels);
    pass = new Pass(context, x, a, z, next);
    return next;
  }

  /** Computes x' and adds to {@code skips [T * N, S]}, in the rows of a span. */
  void forward(Span span, INDArray skips) {
    Pass now = requireNonNull(pass, "forward before begin");
    INDArray x = span.of(now.x);
    INDArray a = span.of(now.a);
    INDArray z = span.of(now.z);
    kernels.matMul(x, tap(1), a);
    Span looking = looking(span, now.context);
    if (looking.rows() > 0) {
      kernels.addMatMul(before(looking, now.context).of(now.x), tap(0), looking.of(now.a));
    }
    start.addTo(a, now.context, span);
    kernels.gate(a, z);
    kernels.addMatMul(z, skip.value(), span.of(skips));
    if (residual != null) {
      residual.addTo(z, span.of(now.next).assign(x));
    }
  }

  /** To be called once before the spans' backward passes, which add. */
  void clearGradients() {
    w.gradient().assign(0);
    skip.gradient().assign(0);
    start.clearGradients();
    if (residual != null) {
      residual.clearGradients();
    }
  }

  /**
   * Adds to the gradients of the parameters what the rows of a span contribute. Later spans come
   * first. What a was, dL/da is afterwards.
   *
   * @param nextGradient dL/dx' of the span; null after the last layer
   * @param skipsGradient of the span
   * @param dx receives dL/dx of the span
   */
  void backward(Span span, @Nullable INDArray nextGradient, INDArray skipsGradient, INDArray dx) {
    Pass last = requireNonNull(pass, "backward before forward");
    Context context = last.context;
    INDArray z = span.of(last.z);
    INDArray a = span.of(last.a);
    INDArray dz = scratch.get("dz", z.dataType(), z.shape());
    kernels.matMul(skipsGradient, skip.value().transpose(), dz);
    kernels.addMatMul(z.transpose(), skipsGradient, skip.gradient());
    if (residual != null && nextGradient != null) {
      residual.addBackwardData(nextGradient, dz);
      residual.addBackwardWeights(z, nextGradient, context.ones(span.rows()));
    }
    kernels.gateGradient(a, dz, a);
    start.backward(a, context, span);
    convolutionGradient(last, span, dx);
    if (nextGradient != null) {
      kernels.add(nextGradient, dx);
    }
  }

  private void convolutionGradient(Pass last, Span span, INDArray dx) {
    Context context = last.context;
    INDArray da = span.of(last.a);
    kernels.addMatMul(span.of(last.x).transpose(), da, tap(w.gradient(), 1));
    kernels.matMul(da, tap(1).transpose(), dx);
    Span looking = looking(span, context);
    if (looking.rows() > 0) {
      kernels.addMatMul(
          before(looking, context).of(last.x).transpose(),
          looking.of(last.a),
          tap(w.gradient(), 0));
    }
    Span lookedAt = lookedAt(span, context);
    if (lookedAt.rows() > 0) {
      kernels.addMatMul(
          after(lookedAt, context).of(last.a),
          tap(0).transpose(),
          Matrices.rows(dx, 0, lookedAt.rows(), channels));
    }
  }

  private long shift(Context context) {
    return (long) dilation * context.sequences();
  }

  /** The rows of a span that look at one d steps before: all but the sequences' first d steps. */
  private Span looking(Span span, Context context) {
    long from = Math.min(span.end(), Math.max(span.from(), shift(context)));
    return new Span(from, span.end() - from);
  }

  /** The rows of a span that one d steps after looks at. */
  private Span lookedAt(Span span, Context context) {
    long end = Math.max(span.from(), Math.min(span.end(), context.rows() - shift(context)));
    return new Span(span.from(), end - span.from());
  }

  private Span before(Span span, Context context) {
    return new Span(span.from() - shift(context), span.rows());
  }

  private Span after(Span span, Context context) {
    return new Span(span.from() + shift(context), span.rows());
  }
}
