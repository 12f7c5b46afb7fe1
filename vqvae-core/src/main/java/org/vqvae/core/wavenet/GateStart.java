package org.vqvae.core.wavenet;

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
 * What a gate's pre-activations start from, whatever the past: {@code b + V^T c} (van den Oord et
 * al. 2016, sec. 2.5), where c is the features of the moment and the one-hot class side by side.
 */
final class GateStart {
  private final Kernels kernels;
  private final Parameter b;
  private final @Nullable Parameter v;
  private final Buffers buffers = new Buffers();

  /**
   * Makes it.
   *
   * @param conditions the length of c; 0: there is none
   * @param outputs 2R
   */
  GateStart(Kernels kernels, String name, int conditions, int outputs) {
    this.kernels = kernels;
    b = Parameter.learned(name + "/b", Initializers.zeros(), outputs);
    v =
        conditions == 0
            ? null
            : Parameter.learned(name + "/v", Initializers.fanIn(conditions), conditions, outputs);
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(List.of(b));
    if (v != null) {
      parameters.add(v);
    }
    return parameters;
  }

  INDArray biases() {
    return b.value();
  }

  @Nullable INDArray conditionWeights() {
    return v == null ? null : v.value();
  }

  /** Adds it to the rows of a span, {@code a [rows, 2R]}. */
  void addTo(INDArray a, Context context, Span span) {
    INDArray start = starts(a.dataType(), context, span);
    start.assign(0).addiRowVector(Matrices.row(b.value()));
    if (v != null) {
      kernels.addMatMul(context.conditions(span).of(context.vectors()), v.value(), start);
    }
    long row = context.sequences() * b.length();
    if (context.stretches() == 1) {
      Matrices.rows(a, 0, span.rows() / context.sequences(), row)
          .addiRowVector(Matrices.rows(start, 0, 1, row));
    } else {
      long stretches = start.size(0) / context.sequences();
      a.reshape(stretches, context.stretchSteps(), row).addi(start.reshape(stretches, 1, row));
    }
  }

  void clearGradients() {
    b.gradient().assign(0);
    if (v != null) {
      v.gradient().assign(0);
    }
  }

  /** Adds to the gradients of b, V and c what the rows of a span contribute. */
  void backward(INDArray aGradient, Context context, Span span) {
    INDArray gradient = starts(aGradient.dataType(), context, span);
    long row = context.sequences() * b.length();
    if (context.stretches() == 1) {
      long steps = span.rows() / context.sequences();
      kernels.matMul(
          context.ones(steps),
          Matrices.rows(aGradient, 0, steps, row),
          Matrices.rows(gradient, 0, 1, row));
    } else {
      long stretches = gradient.size(0) / context.sequences();
      aGradient
          .reshape(stretches, context.stretchSteps(), row)
          .sum(Matrices.rows(gradient, 0, stretches, row), false, 1);
    }
    kernels.addMatMul(context.ones(gradient.size(0)), gradient, Matrices.row(b.gradient()));
    if (v != null) {
      Span conditions = context.conditions(span);
      kernels.addMatMul(conditions.of(context.vectors()).transpose(), gradient, v.gradient());
      kernels.addMatMul(gradient, v.value().transpose(), conditions.of(context.vectorsGradient()));
    }
  }

  private INDArray starts(DataType type, Context context, Span span) {
    return buffers.get("start", type, context.conditions(span).rows(), b.length());
  }
}
