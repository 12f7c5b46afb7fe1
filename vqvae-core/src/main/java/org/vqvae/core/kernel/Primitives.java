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
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
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
import org.bytedeco.dnnl.reduction;
import org.bytedeco.dnnl.softmax_forward;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
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
    BIAS
  }

  /**
   * The distance of a matrix's rows. The stride of a single row means nothing: it becomes that of a
   * dense matrix, or of a transposed one if the columns lie apart.
   */
  static long rowStride(INDArray matrix) {
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
  record Relu(DataType type, long length) implements Key {
    @Override
    public Task make(OneDnn dnn) {
      memory.desc desc = vector(type, length);
      return new Task(
          dnn,
          relu(dnn, desc),
          new Argument(DNNL_ARG_SRC, dnn.slot(desc)),
          new Argument(DNNL_ARG_DST, dnn.slot(desc)));
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
  record LogSoftmax(DataType type, long rows, long classes) implements Key {
    @Override
    public Task make(OneDnn dnn) {
      memory.desc desc = OneDnn.matrix(type, rows, classes);
      return new Task(
          dnn,
          new softmax_forward.primitive_desc(
              dnn.engine(), dnnl_forward_training, dnnl_softmax_log, desc, desc, 1),
          new Argument(DNNL_ARG_SRC, dnn.slot(desc)),
          new Argument(DNNL_ARG_DST, dnn.slot(desc)));
    }
  }

  /** Runs on (x, y). */
  record RowMinima(DataType type, long rows, long columns) implements Key {
    @Override
    public Task make(OneDnn dnn) {
      memory.desc x = OneDnn.matrix(type, rows, columns);
      memory.desc y = OneDnn.matrix(type, rows, 1);
      return new Task(
          dnn,
          new reduction.primitive_desc(dnn.engine(), dnnl_reduction_min, x, y, 0f, 0f),
          new Argument(DNNL_ARG_SRC, dnn.slot(x)),
          new Argument(DNNL_ARG_DST, dnn.slot(y)));
    }
  }

  /**
   * Runs on (a, b, c), or on (a, b, c, bias).
   *
   * @param aRow distance of a's rows in memory
   * @param aColumn distance of its columns; one of both is 1
   */
  record Product(
      DataType type,
      long m,
      long k,
      long n,
      long aRow,
      long aColumn,
      long bRow,
      long bColumn,
      long cRow,
      Plus plus)
      implements Key {

    static Product of(INDArray a, INDArray b, INDArray c, Plus plus) {
      long m = a.size(0);
      long k = a.size(1);
      long n = b.size(1);
      return new Product(
          a.dataType(),
          m,
          k,
          n,
          rowStride(a),
          columnStride(a),
          rowStride(b),
          columnStride(b),
          rowStride(c),
          plus);
    }

    @Override
    public Task make(OneDnn dnn) {
      requireOrientation("a", aRow, aColumn);
      requireOrientation("b", bRow, bColumn);
      memory.desc a = OneDnn.desc(type, new long[] {m, k}, new long[] {aRow, aColumn});
      memory.desc b = OneDnn.desc(type, new long[] {k, n}, new long[] {bRow, bColumn});
      memory.desc c = OneDnn.desc(type, new long[] {m, n}, new long[] {cRow, 1});
      List<Argument> arguments =
          new ArrayList<>(
              List.of(
                  new Argument(DNNL_ARG_SRC, dnn.slot(a)),
                  new Argument(DNNL_ARG_WEIGHTS, dnn.slot(b)),
                  new Argument(DNNL_ARG_DST, dnn.slot(c))));
      memory.desc bias = new memory.desc();
      post_ops operations = new post_ops();
      switch (plus) {
        case NOTHING -> {}
        case RESULT -> operations.append_sum();
        case BIAS -> {
          bias = OneDnn.matrix(type, 1, n);
          arguments.add(new Argument(DNNL_ARG_BIAS, dnn.slot(bias)));
        }
      }
      primitive_attr attributes = new primitive_attr();
      attributes.set_post_ops(operations);
      return new Task(
          dnn,
          new matmul.primitive_desc(dnn.engine(), a, b, bias, c, attributes, false),
          arguments.toArray(Argument[]::new));
    }

    private static void requireOrientation(String name, long row, long column) {
      if (row != 1 && column != 1) {
        throw new IllegalArgumentException(
            "%s: expected a 'c' array or the transposed view of one but its strides are %d and %d"
                .formatted(name, row, column));
      }
    }
  }
}
