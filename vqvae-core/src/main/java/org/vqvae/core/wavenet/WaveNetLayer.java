package org.vqvae.core.wavenet;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;

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
  private record Pass(Context context, INDArray x, INDArray a, INDArray z) {}

  /**
   * Makes a layer.
   *
   * @param last whether nothing but the skip connection looks at it: then it has no x'
   * @param scratch for gradients; layers may share it if no two neighbours do
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
   * Adds to {@code skips [T * N, S]}.
   *
   * @param x {@code [T * N, R]}
   * @return x', or x after the last layer
   */
  INDArray forward(INDArray x, Context context, INDArray skips) {
    INDArray a = own.get("a", x.dataType(), context.rows(), 2L * channels);
    INDArray z = own.get("z", x.dataType(), context.rows(), channels);
    kernels.matMul(x, tap(1), a);
    if (dilation < context.steps()) {
      kernels.addMatMul(before(x, context), tap(0), after(a, context));
    }
    start.addTo(a, context);
    kernels.gate(a, z);
    kernels.addMatMul(z, skip.value(), skips);
    pass = new Pass(context, x, a, z);
    if (residual == null) {
      return x;
    }
    INDArray next = own.get("x", x.dataType(), context.rows(), channels).assign(x);
    residual.addTo(z, next);
    return next;
  }

  /**
   * Sets the gradients of the parameters.
   *
   * @param nextGradient dL/dx'; null after the last layer
   * @return dL/dx
   */
  INDArray backward(@Nullable INDArray nextGradient, INDArray skipsGradient) {
    Pass last = requireNonNull(pass, "backward before forward");
    Context context = last.context;
    INDArray dz = scratch.get("dz", last.z.dataType(), last.z.shape());
    INDArray da = scratch.get("da", last.a.dataType(), last.a.shape());
    kernels.matMul(skipsGradient, skip.value().transpose(), dz);
    kernels.matMul(last.z.transpose(), skipsGradient, skip.gradient());
    if (residual != null && nextGradient != null) {
      residual.addBackwardData(nextGradient, dz);
      residual.backwardWeights(last.z, nextGradient, context.ones());
    }
    kernels.gateGradient(last.a, dz, da);
    start.backward(da, context);
    INDArray dx = convolutionGradient(last, da);
    if (nextGradient != null) {
      kernels.add(nextGradient, dx);
    }
    return dx;
  }

  private INDArray convolutionGradient(Pass last, INDArray da) {
    Context context = last.context;
    INDArray dx = scratch.get("dx", last.x.dataType(), last.x.shape());
    kernels.matMul(last.x.transpose(), da, tap(w.gradient(), 1));
    kernels.matMul(da, tap(1).transpose(), dx);
    if (dilation < context.steps()) {
      INDArray shifted = after(da, context);
      kernels.matMul(before(last.x, context).transpose(), shifted, tap(w.gradient(), 0));
      kernels.addMatMul(shifted, tap(0).transpose(), before(dx, context));
    } else {
      tap(w.gradient(), 0).assign(0);
    }
    return dx;
  }

  /** The rows that a later row, d steps on, looks at. */
  private INDArray before(INDArray rows, Context context) {
    long shift = (long) dilation * context.sequences();
    return Matrices.rows(rows, 0, context.rows() - shift, rows.size(1));
  }

  /** The rows that look at one d steps before. */
  private INDArray after(INDArray rows, Context context) {
    long shift = (long) dilation * context.sequences();
    return Matrices.rows(rows, shift, context.rows() - shift, rows.size(1));
  }
}
