package org.vqvae.core.wavenet;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.wavenet.Layout.Span;

/**
 * What a pre-activation is told beside the past: {@code V^T c} (van den Oord et al. 2016, sec.
 * 2.5), where c is the features of the moment and the one-hot class side by side. Without
 * conditions it is nothing.
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
  Conditioning(Kernels kernels, String name, int conditions, int outputs) {
    this.kernels = kernels;
    this.outputs = outputs;
    v =
        conditions == 0
            ? null
            : Parameter.learned(name + "/v", Initializers.fanIn(conditions), conditions, outputs);
  }

  List<Parameter> parameters() {
    return v == null ? List.of() : List.of(v);
  }

  @Nullable INDArray weights() {
    return v == null ? null : v.value();
  }

  /** Adds it to the rows of a span, {@code a [rows, outputs]}. */
  void addTo(INDArray a, Context context, Span span) {
    if (v == null) {
      return;
    }
    INDArray told = told(a.dataType(), context, span);
    kernels.matMul(
        matrices.span(context.vectors(), context.layout().conditions(span)), v.value(), told);
    List<Span> pieces = context.layout().pieces(span);
    for (int i = 0; i < pieces.size(); i++) {
      INDArray steps = steps(a, span, pieces.get(i), context);
      kernels.addMatMul(ones(context, steps), ofAll(told, i, context), steps);
    }
  }

  void clearGradients() {
    if (v != null) {
      kernels.clear(v.gradient());
    }
  }

  /** Adds to the gradients of V and c what the rows of a span contribute. */
  void backward(INDArray aGradient, Context context, Span span) {
    if (v == null) {
      return;
    }
    INDArray gradient = told(aGradient.dataType(), context, span);
    List<Span> pieces = context.layout().pieces(span);
    for (int i = 0; i < pieces.size(); i++) {
      INDArray steps = steps(aGradient, span, pieces.get(i), context);
      kernels.matMul(matrices.transposed(ones(context, steps)), steps, ofAll(gradient, i, context));
    }
    Span conditions = context.layout().conditions(span);
    kernels.addMatMul(
        matrices.transposed(matrices.span(context.vectors(), conditions)), gradient, v.gradient());
    kernels.addMatMul(
        gradient,
        matrices.transposed(v.value()),
        matrices.span(context.vectorsGradient(), conditions));
  }

  /** The rows of a piece, those of a step side by side: {@code [steps, N * outputs]}. */
  private INDArray steps(INDArray ofSpan, Span span, Span piece, Context context) {
    INDArray rows = matrices.rows(ofSpan, piece.from() - span.from(), piece.rows(), outputs);
    int sequences = context.layout().sequences();
    return matrices.rows(rows, 0, piece.rows() / sequences, (long) sequences * outputs);
  }

  /** A column of ones, one for each step. */
  private INDArray ones(Context context, INDArray steps) {
    return matrices.rows(context.ones(), 0, steps.size(0), 1);
  }

  /** What all sequences are told in a piece, {@code [1, N * outputs]}. */
  private INDArray ofAll(INDArray told, long piece, Context context) {
    return matrices.rows(told, piece, 1, (long) context.layout().sequences() * outputs);
  }

  private INDArray told(DataType type, Context context, Span span) {
    return buffers.get("told", type, context.layout().conditions(span).rows(), outputs);
  }
}
