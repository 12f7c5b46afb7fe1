package org.vqvae.core.wavenet;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.wavenet.Layout.Span;

/**
 * The term {@code V^T c} of a pre-activation (van den Oord et al. 2016, sec. 2.5), where c is the
 * features of the moment and the one-hot class side by side. Without conditions there is no term.
 */
final class Conditioning {
  private final Kernels kernels;
  private final Matrices matrices = new Matrices();
  private final int outputs;
  private final @Nullable Parameter v;
  private final Buffers buffers = new Buffers();

  /**
   * Makes it.
   *
   * @param conditions the length of c; 0: there is none
   */
  Conditioning(Scope scope, Kernels kernels, int conditions, int outputs) {
    this.kernels = kernels;
    this.outputs = outputs;
    v =
        conditions == 0
            ? null
            : scope.learned("v", Initializers.fanIn(conditions), conditions, outputs);
  }

  List<Parameter> parameters() {
    return v == null ? List.of() : List.of(v);
  }

  @Nullable INDArray weights() {
    return v == null ? null : v.value();
  }

  /** Adds the term to the rows of a span, {@code a [rows, outputs]}. */
  void addTo(INDArray a, StackPass pass, Span span) {
    if (v == null) {
      return;
    }
    INDArray c = matrices.span(pass.vectors(), pass.layout().conditions(span));
    if (pass.layout().hasFramePerStep()) {
      kernels.addMatMul(c, v.value(), a);
      return;
    }
    INDArray term = perFrame(a.dataType(), pass, span);
    kernels.matMul(c, v.value(), term);
    List<Span> pieces = pass.layout().pieces(span);
    for (int i = 0; i < pieces.size(); i++) {
      INDArray steps = steps(a, span, pieces.get(i), pass);
      kernels.addMatMul(ones(pass, steps), ofAll(term, i, pass), steps);
    }
  }

  void clearGradients() {
    if (v != null) {
      kernels.clear(v.gradient());
    }
  }

  /** Adds to the gradients of V and c what the rows of a span contribute. */
  void backward(INDArray aGradient, StackPass pass, Span span) {
    if (v == null) {
      return;
    }
    INDArray gradient =
        pass.layout().hasFramePerStep() ? aGradient : frameSums(aGradient, pass, span);
    Span conditions = pass.layout().conditions(span);
    kernels.addMatMul(
        matrices.transposed(matrices.span(pass.vectors(), conditions)), gradient, v.gradient());
    kernels.addMatMul(
        gradient,
        matrices.transposed(v.value()),
        matrices.span(pass.vectorsGradient(), conditions));
  }

  /** The sums of a span's rows over the steps of each row of c. */
  private INDArray frameSums(INDArray ofSpan, StackPass pass, Span span) {
    INDArray sums = perFrame(ofSpan.dataType(), pass, span);
    List<Span> pieces = pass.layout().pieces(span);
    for (int i = 0; i < pieces.size(); i++) {
      INDArray steps = steps(ofSpan, span, pieces.get(i), pass);
      kernels.matMul(matrices.transposed(ones(pass, steps)), steps, ofAll(sums, i, pass));
    }
    return sums;
  }

  /** The rows of a piece, those of a step side by side: {@code [steps, N * outputs]}. */
  private INDArray steps(INDArray ofSpan, Span span, Span piece, StackPass pass) {
    INDArray rows = matrices.rows(ofSpan, piece.from() - span.from(), piece.rows(), outputs);
    int sequences = pass.layout().sequences();
    return matrices.rows(rows, 0, piece.rows() / sequences, (long) sequences * outputs);
  }

  /** A column of ones, one for each step. */
  private INDArray ones(StackPass pass, INDArray steps) {
    return matrices.rows(pass.ones(), 0, steps.size(0), 1);
  }

  /** The rows of all sequences that hold in a piece, {@code [1, N * outputs]}. */
  private INDArray ofAll(INDArray perFrame, long piece, StackPass pass) {
    return matrices.rows(perFrame, piece, 1, (long) pass.layout().sequences() * outputs);
  }

  /** An array with a row for each row of c that holds in a span. */
  private INDArray perFrame(DataType type, StackPass pass, Span span) {
    return buffers.get("per-frame", type, pass.layout().conditions(span).rows(), outputs);
  }
}
