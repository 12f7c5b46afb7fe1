package org.vqvae.core.wavenet;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Kernels.Activation;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.wavenet.Layout.Span;

/**
 * A causal convolution of kernel 2 and dilation d, conditioned on c: {@code a(t) = W_0 x(t - d) +
 * W_1 x(t) + V c(t) + b}. On time-major rows it is two matrix products, the first shifted.
 */
final class DilatedConvolution {
  private final Kernels kernels;
  private final Matrices matrices = new Matrices();
  private final int dilation;
  private final int channels;
  private final Parameter w;
  private final Parameter b;
  private final Conditioning conditioning;

  DilatedConvolution(Scope scope, Kernels kernels, int channels, int dilation, int conditions) {
    this.kernels = kernels;
    this.dilation = dilation;
    this.channels = channels;
    w = scope.learned("w", Initializers.fanIn(2L * channels), 2, channels, (long) channels);
    b = scope.learned("b", Initializers.zeros(), channels);
    conditioning = new Conditioning(scope, kernels, conditions, channels);
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(List.of(w, b));
    parameters.addAll(conditioning.parameters());
    return parameters;
  }

  /** W_0 (0) or W_1 (1), {@code [R, R]}. */
  INDArray tap(int tap) {
    return tap(w.value(), tap);
  }

  private INDArray tap(INDArray taps, int tap) {
    return matrices.rows(taps, (long) tap * channels, channels, channels);
  }

  INDArray biases() {
    return b.value();
  }

  Conditioning conditioning() {
    return conditioning;
  }

  /**
   * Computes the rows of a span.
   *
   * @param x {@code [T * N, R]}
   * @param activated {@code [T * N, R]}, receives the activation of a
   */
  void forward(INDArray x, Activation activation, INDArray activated, StackPass pass, Span span) {
    INDArray a = matrices.span(activated, span);
    Span looking = looking(span, pass);
    if (looking.from() > span.from()) {
      kernels.clear(matrices.rows(a, 0, looking.from() - span.from(), channels));
    }
    if (looking.rows() > 0) {
      kernels.matMul(
          matrices.span(x, before(looking, pass)), tap(0), matrices.span(activated, looking));
    }
    conditioning.addTo(a, pass, span);
    kernels.affine(matrices.span(x, span), tap(1), b.value(), a, activation, a);
  }

  void clearGradients() {
    kernels.clear(w.gradient());
    kernels.clear(b.gradient());
    conditioning.clearGradients();
  }

  /** Adds to the gradients of the parameters and of c what the rows of a span contribute. */
  void backwardWeights(INDArray x, INDArray aGradient, StackPass pass, Span span) {
    INDArray da = matrices.span(aGradient, span);
    kernels.addMatMul(
        matrices.rows(pass.ones(), 0, 1, span.rows()), da, matrices.row(b.gradient()));
    conditioning.backward(da, pass, span);
    kernels.addMatMul(matrices.transposed(matrices.span(x, span)), da, tap(w.gradient(), 1));
    Span looking = looking(span, pass);
    if (looking.rows() > 0) {
      kernels.addMatMul(
          matrices.transposed(matrices.span(x, before(looking, pass))),
          matrices.span(aGradient, looking),
          tap(w.gradient(), 0));
    }
  }

  /**
   * Adds dL/dx of the rows of a span. Later spans come first: what looked at these rows must have
   * its gradient.
   *
   * @param aGradient {@code [T * N, R]}
   * @param dx of the span's rows
   */
  void addBackwardData(INDArray aGradient, INDArray dx, StackPass pass, Span span) {
    kernels.addMatMul(matrices.span(aGradient, span), matrices.transposed(tap(1)), dx);
    Span lookedAt = lookedAt(span, pass);
    if (lookedAt.rows() > 0) {
      kernels.addMatMul(
          matrices.span(aGradient, after(lookedAt, pass)),
          matrices.transposed(tap(0)),
          matrices.rows(dx, 0, lookedAt.rows(), channels));
    }
  }

  private long shift(StackPass pass) {
    return (long) dilation * pass.layout().sequences();
  }

  /** The rows of a span that look at one d steps before: all but the sequences' first d steps. */
  private Span looking(Span span, StackPass pass) {
    long from = Math.min(span.end(), Math.max(span.from(), shift(pass)));
    return new Span(from, span.end() - from);
  }

  /** The rows of a span that one d steps after looks at. */
  private Span lookedAt(Span span, StackPass pass) {
    long end = Math.max(span.from(), Math.min(span.end(), pass.rows() - shift(pass)));
    return new Span(span.from(), end - span.from());
  }

  private Span before(Span span, StackPass pass) {
    return new Span(span.from() - shift(pass), span.rows());
  }

  private Span after(Span span, StackPass pass) {
    return new Span(span.from() + shift(pass), span.rows());
  }
}
