package org.vqvae.core.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_exp;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reduction_min;
import static org.bytedeco.dnnl.global.dnnl.dnnl_softmax_log;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reduction;
import org.bytedeco.dnnl.softmax_forward;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels.Activation;
import org.vqvae.core.kernel.Task.Argument;

/**
 * The oneDNN primitives that are made on demand: each record says all that its primitive depends
 * on.
 */
final class Primitives {
  private Primitives() {}

  /** What a cache finds a primitive by. */
  sealed interface Key {
    DataType type();

    Task make(OneDnn dnn);
  }

  /** What a product is added to. */
  enum Plus {
    NOTHING,
    /** What the result was before. */
    RESULT,
    /** A matrix like the result. */
    OTHER
  }

  /**
   * The distance of a matrix's rows. The stride of a single row means nothing: it becomes that of a
   * dense matrix, or of a transposed one if the columns lie apart.
   */
  private static long rowStride(INDArray matrix) {
    if (matrix.size(0) > 1) {
      return matrix.stride(0);
    }
    return columnStride(matrix) == 1 ? Math.max(1, matrix.size(1)) : 1;
  }

  private static long columnStride(INDArray matrix) {
    return matrix.size(1) == 1 ? 1 : matrix.stride(1);
  }

  private static memory.desc vector(DataType type, long length) {
    return OneDnn.desc(type, new long[] {length}, new long[] {1});
  }

  private static eltwise_forward.primitive_desc relu(OneDnn dnn, memory.desc desc) {
    return new eltwise_forward.primitive_desc(
        dnn.engine(), dnnl_forward_training, dnnl_eltwise_relu_use_dst_for_bwd, desc, desc, 0f);
  }

  /** Runs on (x, y). */
  private static Task unary(
      OneDnn dnn, primitive_desc_base primitive, memory.desc x, memory.desc y) {
    return new Task(
        dnn,
        primitive,
        new Argument(DNNL_ARG_SRC, dnn.slot(x)),
        new Argument(DNNL_ARG_DST, dnn.slot(y)));
  }

  /** Runs on (x, y). */
  record Relu(DataType type, long length) implements Key {
    @Override
    public Task make(OneDnn dnn) {
      memory.desc desc = vector(type, length);
      return unary(dnn, relu(dnn, desc), desc, desc);
    }
  }

  /** Runs on (y, gradient, gradient). */
  record ReluGradient(DataType type, long length) implements Key {
    @Override
    public Task make(OneDnn dnn) {
      memory.desc desc = vector(type, length);
      return new Task(
          dnn,
          new eltwise_backward.primitive_desc(
              dnn.engine(),
              dnnl_eltwise_relu_use_dst_for_bwd,
              desc,
              desc,
              desc,
              0f,
              relu(dnn, desc)),
          new Argument(DNNL_ARG_DST, dnn.slot(desc)),
          new Argument(DNNL_ARG_DIFF_DST, dnn.slot(desc)),
          new Argument(DNNL_ARG_DIFF_SRC, dnn.slot(desc)));
    }
  }

  /** Runs on (y, x, y). */
  record Add(DataType type, long length) implements Key {
    @Override
    public Task make(OneDnn dnn) {
      memory.desc desc = vector(type, length);
      return new Task(
          dnn,
          new binary.primitive_desc(dnn.engine(), dnnl_binary_add, desc, desc, desc),
          new Argument(DNNL_ARG_SRC_0, dnn.slot(desc)),
          new Argument(DNNL_ARG_SRC_1, dnn.slot(desc)),
          new Argument(DNNL_ARG_DST, dnn.slot(desc)));
    }
  }

  /** Runs on (x, y). */
  record Exp(DataType type, long length) implements Key {
    @Override
    public Task make(OneDnn dnn) {
      memory.desc desc = vector(type, length);
      return unary(
          dnn,
          new eltwise_forward.primitive_desc(
              dnn.engine(), dnnl_forward_training, dnnl_eltwise_exp, desc, desc),
          desc,
          desc);
    }
  }

  /** Runs on (x, y). */
  record LogSoftmax(DataType type, long rows, long classes) implements Key {
    @Override
    public Task make(OneDnn dnn) {
      memory.desc desc = OneDnn.matrix(type, rows, classes);
      return unary(
          dnn,
          new softmax_forward.primitive_desc(
              dnn.engine(), dnnl_forward_training, dnnl_softmax_log, desc, desc, 1),
          desc,
          desc);
    }
  }

  /** Runs on (x, y). */
  record RowMinima(DataType type, long rows, long columns) implements Key {
    @Override
    public Task make(OneDnn dnn) {
      memory.desc x = OneDnn.matrix(type, rows, columns);
      memory.desc y = OneDnn.matrix(type, rows, 1);
      return unary(
          dnn, new reduction.primitive_desc(dnn.engine(), dnnl_reduction_min, x, y, 0f, 0f), x, y);
    }
  }

  /**
   * Where the matrices of {@code c = a b} lie.
   *
   * @param aRow distance of a's rows in memory
   * @param aColumn distance of its columns; one of both is 1
   */
  record Factors(
      DataType type,
      long m,
      long k,
      long n,
      long aRow,
      long aColumn,
      long bRow,
      long bColumn,
      long cRow) {

    static Factors of(INDArray a, INDArray b, INDArray c) {
      return new Factors(
          a.dataType(),
          a.size(0),
          a.size(1),
          b.size(1),
          rowStride(a),
          columnStride(a),
          rowStride(b),
          columnStride(b),
          rowStride(c));
    }

    /**
     * The product, given slots for (a, b, c).
     *
     * @param more beside these
     */
    private Task task(OneDnn dnn, memory.desc bias, post_ops then, Argument... more) {
      requireOrientation("a", aRow, aColumn);
      requireOrientation("b", bRow, bColumn);
      memory.desc a = OneDnn.desc(type, new long[] {m, k}, new long[] {aRow, aColumn});
      memory.desc b = OneDnn.desc(type, new long[] {k, n}, new long[] {bRow, bColumn});
      memory.desc c = c();
      List<Argument> arguments = new ArrayList<>();
      arguments.add(new Argument(DNNL_ARG_SRC, dnn.slot(a)));
      arguments.add(new Argument(DNNL_ARG_WEIGHTS, dnn.slot(b)));
      arguments.add(new Argument(DNNL_ARG_DST, dnn.slot(c)));
      arguments.addAll(List.of(more));
      primitive_attr attributes = new primitive_attr();
      attributes.set_post_ops(then);
      return new Task(
          dnn,
          new matmul.primitive_desc(dnn.engine(), a, b, bias, c, attributes, false),
          arguments.toArray(Argument[]::new));
    }

    private memory.desc c() {
      return OneDnn.desc(type, new long[] {m, n}, new long[] {cRow, 1});
    }

    private static void requireOrientation(String name, long row, long column) {
      if (row != 1 && column != 1) {
        throw new IllegalArgumentException(
            "%s: expected a 'c' array or the transposed view of one but its strides are %d and %d"
                .formatted(name, row, column));
      }
    }
  }

  /** Runs on (a, b, c). */
  record Product(Factors factors, Plus plus) implements Key {

    static Product of(INDArray a, INDArray b, INDArray c, Plus plus) {
      return new Product(Factors.of(a, b, c), plus);
    }

    @Override
    public DataType type() {
      return factors.type;
    }

    @Override
    public Task make(OneDnn dnn) {
      return factors.task(dnn, new memory.desc(), sum(plus, factors));
    }
  }

  /** Runs on (x, w, y, bias), or on (x, w, y, bias, plus) if that is another array than y. */
  record Affine(Factors factors, Plus plus, Activation activation) implements Key {

    static Affine of(INDArray x, INDArray w, INDArray y, Plus plus, Activation activation) {
      return new Affine(Factors.of(x, w, y), plus, activation);
    }

    @Override
    public DataType type() {
      return factors.type;
    }

    @Override
    public Task make(OneDnn dnn) {
      memory.desc b = OneDnn.matrix(type(), 1, factors.n);
      Argument bias = new Argument(DNNL_ARG_BIAS, dnn.slot(b));
      post_ops then = sum(plus, factors);
      switch (activation) {
        case IDENTITY -> {}
        case TANH -> then.append_eltwise(dnnl_eltwise_tanh, 0, 0);
        case SIGMOID -> then.append_eltwise(dnnl_eltwise_logistic, 0, 0);
      }
      return plus == Plus.OTHER
          ? factors.task(dnn, b, then, bias, new Argument(Task.operand(0), dnn.slot(factors.c())))
          : factors.task(dnn, b, then, bias);
    }
  }

  private static post_ops sum(Plus plus, Factors factors) {
    post_ops then = new post_ops();
    switch (plus) {
      case NOTHING -> {}
      case RESULT -> then.append_sum();
      case OTHER -> then.append_binary(dnnl_binary_add, factors.c());
    }
    return then;
  }
}
