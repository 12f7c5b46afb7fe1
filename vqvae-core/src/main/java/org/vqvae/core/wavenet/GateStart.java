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

  /** Adds it to {@code a [T * N, 2R]}. */
  void addTo(INDArray a, Context context) {
    INDArray start = starts(a.dataType(), context);
    start.assign(0).addiRowVector(Matrices.row(b.value()));
    if (v != null) {
      kernels.addMatMul(context.vectors(), v.value(), start);
    }
    long row = context.sequences() * b.length();
    if (context.stretches() == 1) {
      Matrices.rows(a, 0, context.steps(), row).addiRowVector(Matrices.rows(start, 0, 1, row));
    } else {
      a.reshape(context.stretches(), context.stretchSteps(), row)
          .addi(start.reshape(context.stretches(), 1, row));
    }
  }

  /** Sets the gradients of b and V, and adds to that of c. */
  void backward(INDArray aGradient, Context context) {
    INDArray gradient = starts(aGradient.dataType(), context);
    long row = context.sequences() * b.length();
    if (context.stretches() == 1) {
      INDArray ones = Matrices.rows(context.ones(), 0, 1, context.steps());
      kernels.matMul(
          ones,
          Matrices.rows(aGradient, 0, context.steps(), row),
          Matrices.rows(gradient, 0, 1, row));
    } else {
      aGradient
          .reshape(context.stretches(), context.stretchSteps(), row)
          .sum(Matrices.rows(gradient, 0, context.stretches(), row), false, 1);
    }
    kernels.matMul(
        Matrices.rows(context.ones(), 0, 1, gradient.size(0)),
        gradient,
        Matrices.row(b.gradient()));
    if (v != null) {
      kernels.matMul(context.vectors().transpose(), gradient, v.gradient());
      kernels.addMatMul(gradient, v.value().transpose(), context.vectorsGradient());
    }
  }

  private INDArray starts(DataType type, Context context) {
    return buffers.get("start", type, (long) context.stretches() * context.sequences(), b.length());
  }
}
