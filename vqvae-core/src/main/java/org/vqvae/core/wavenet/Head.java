package org.vqvae.core.wavenet;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.wavenet.Layout.Span;

/**
 * WaveNet's last part, from the sum of the skips to logits: {@code W_2 relu(W_1 relu(s) + b_1) +
 * b_2} (van den Oord et al. 2016, figure 4).
 */
final class Head {
  private final Kernels kernels;
  private final Matrices matrices = new Matrices();
  private final Linear hidden;
  private final Linear output;

  /**
   * The arrays of all rows that it works on.
   *
   * @param s the sum of the skips, {@code [T * N, S]}, which becomes its ReLU
   * @param h the hidden layer's ReLU, {@code [T * N, S]}
   * @param logits {@code [T * N, K]}
   */
  record Arrays(INDArray s, INDArray h, INDArray logits) {}

  Head(Scope scope, Kernels kernels, int skips, Alphabet alphabet) {
    this.kernels = kernels;
    hidden = new Linear(scope.child("hidden"), kernels, skips, skips);
    output =
        new Linear(
            scope.child("logits"),
            kernels,
            skips,
            alphabet.outcomes(),
            alphabet.logits().apply(skips));
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(hidden.parameters());
    parameters.addAll(output.parameters());
    return parameters;
  }

  Linear hidden() {
    return hidden;
  }

  Linear output() {
    return output;
  }

  /** Computes h and the logits in the rows of a span. */
  void forward(Arrays arrays, Span span) {
    INDArray s = matrices.span(arrays.s, span);
    INDArray h = matrices.span(arrays.h, span);
    kernels.relu(s, s);
    hidden.forward(s, h);
    kernels.relu(h, h);
    output.forward(h, matrices.span(arrays.logits, span));
  }

  /** To be called once before the spans' backward passes, which add. */
  void clearGradients() {
    hidden.clearGradients();
    output.clearGradients();
  }

  /**
   * Adds to the gradients of the parameters what the rows of a span contribute.
   *
   * @param gradient dL/d logits of all rows; may be the array of the logits
   * @param dh scratch for the span's dL/dh, {@code [rows, S]}
   * @param ds receives the span's dL/ds, {@code [rows, S]}
   */
  void backward(
      Arrays arrays, INDArray gradient, StackPass pass, Span span, INDArray dh, INDArray ds) {
    INDArray s = matrices.span(arrays.s, span);
    INDArray h = matrices.span(arrays.h, span);
    INDArray dLogits = matrices.span(gradient, span);
    output.addBackwardWeights(h, dLogits, pass.ones());
    output.backwardData(dLogits, dh);
    kernels.reluGradient(h, dh);
    hidden.addBackwardWeights(s, dh, pass.ones());
    hidden.backwardData(dh, ds);
    kernels.reluGradient(s, ds);
  }
}
