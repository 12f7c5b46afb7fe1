package org.vqvae.core.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_linear;

import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.PointerScope;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Task.Argument;

/** {@code y = t s} of two arrays, and its gradient, by oneDNN. */
final class HalvesGate implements AutoCloseable {
  private final OneDnn dnn;
  private final memory.desc dense;
  private final memory q;
  private final memory p;
  private final Resources resources = new Resources();
  private final Task multiply;
  private final Task timesGate;
  private final Task timesFilter;
  private final Task filterGradient;
  private final Task gateGradient;

  /** A gate of so many values. */
  HalvesGate(OneDnn dnn, long length) {
    this.dnn = dnn;
    try (PointerScope scope = new PointerScope()) {
      dense = resources.keep(OneDnn.desc(DataType.FLOAT, new long[] {length}, new long[] {1}));
      q = resources.keep(dnn.buffer(dense));
      p = resources.keep(dnn.buffer(dense));
      Argument first = new Argument(DNNL_ARG_SRC_0, dnn.slot(dense));
      Argument second = new Argument(DNNL_ARG_SRC_1, dnn.slot(dense));
      multiply = product(first, second, dnn.slot(dense));
      timesGate = product(first, second, q);
      timesFilter =
          product(
              new Argument(DNNL_ARG_SRC_1, dnn.slot(dense)), new Argument(DNNL_ARG_SRC_0, q), p);
      filterGradient = minusProduct(q);
      gateGradient = minusProduct(p);
    }
  }

  void forward(INDArray t, INDArray s, INDArray y) {
    multiply.run(t, s, y);
  }

  /**
   * With q = dy s and p = q t: dL/d filter = {@code q (1 - t t)} and dL/d gate = {@code p (1 - s)}.
   */
  void backward(INDArray t, INDArray s, INDArray yGradient) {
    timesGate.run(yGradient, s);
    timesFilter.run(t);
    filterGradient.run(t);
    gateGradient.run(s);
  }

  private Task product(Argument first, Argument second, memory result) {
    return new Task(
        dnn,
        new binary.primitive_desc(dnn.engine(), dnnl_binary_mul, dense, dense, dense),
        first,
        second,
        new Argument(DNNL_ARG_DST, result));
  }

  /** Runs on (x): {@code x = term - p x}. */
  private Task minusProduct(memory term) {
    post_ops then = new post_ops();
    then.append_eltwise(dnnl_eltwise_linear, -1, 0);
    then.append_binary(dnnl_binary_add, dense);
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(then);
    memory x = dnn.slot(dense);
    return new Task(
        dnn,
        new binary.primitive_desc(
            dnn.engine(), dnnl_binary_mul, dense, dense, dense, attributes, false),
        new Argument(DNNL_ARG_SRC_0, x),
        new Argument(DNNL_ARG_SRC_1, p),
        new Argument(DNNL_ARG_DST, x),
        new Argument(Task.operand(1), term));
  }

  @Override
  public void close() {
    List.of(multiply, timesGate, timesFilter, filterGradient, gateGradient).forEach(Task::close);
    resources.close();
  }
}
