package org.vqvae.core.wavenet;

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
    kernels.matMul(matrices.span(context.vectors(), context.conditions(span)), v.value(), told);
    long row = context.sequences() * (long) outputs;
    if (context.stretches() == 1) {
      matrices
          .rows(a, 0, span.rows() / context.sequences(), row)
          .addiRowVector(matrices.rows(told, 0, 1, row));
    } else {
      long stretches = told.size(0) / context.sequences();
      a.reshape(stretches, context.stretchSteps(), row).addi(told.reshape(stretches, 1, row));
    }
  }

  void clearGradients() {
    if (v != null) {
      v.gradient().assign(0);
    }
  }

  /** Adds to the gradients of V and c what the rows of a span contribute. */
  void backward(INDArray aGradient, Context context, Span span) {
    if (v == null) {
      return;
    }
    INDArray gradient = told(aGradient.dataType(), context, span);
    long row = context.sequences() * (long) outputs;
    if (context.stretches() == 1) {
      long steps = span.rows() / context.sequences();
      kernels.matMul(
          matrices.rows(context.ones(), 0, 1, steps),
          matrices.rows(aGradient, 0, steps, row),
          matrices.rows(gradient, 0, 1, row));
    } else {
      long stretches = gradient.size(0) / context.sequences();
      aGradient
          .reshape(stretches, context.stretchSteps(), row)
          .sum(matrices.rows(gradient, 0, stretches, row), false, 1);
    }
    Span conditions = context.conditions(span);
    kernels.addMatMul(
        matrices.transposed(matrices.span(context.vectors(), conditions)), gradient, v.gradient());
    kernels.addMatMul(
        gradient,
        matrices.transposed(v.value()),
        matrices.span(context.vectorsGradient(), conditions));
  }

  private INDArray told(DataType type, Context context, Span span) {
    return buffers.get("told", type, context.conditions(span).rows(), outputs);
  }
}
