package org.vqvae.core.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_linear;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.PointerScope;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Task.Argument;

/**
 * {@code y = t s} with {@code t = tanh(first half of x)} and {@code s = sigmoid(second half)}, and
 * its gradient, by oneDNN. The halves are copied into dense FLOAT buffers first: oneDNN's fast code
 * wants dense arrays.
 */
final class Gate implements AutoCloseable {
  private final OneDnn dnn;
  private final memory.desc dense;
  private final memory t;
  private final memory s;
  private final memory product;
  private final Resources resources = new Resources();
  private final Task copyFirst;
  private final Task copySecond;
  private final Task tanh;
  private final Task sigmoid;
  private final Task multiply;
  private final Task firstGradient;
  private final Task secondGradient;
  private final Task writeFirst;
  private final Task writeSecond;

  /** A gate of {@code x [rows, 2 channels]}. */
  Gate(OneDnn dnn, DataType type, long rows, long channels) {
    this.dnn = dnn;
    try (PointerScope scope = new PointerScope()) {
      dense = resources.keep(OneDnn.matrix(DataType.FLOAT, rows, channels));
      t = resources.keep(dnn.buffer(dense));
      s = resources.keep(dnn.buffer(dense));
      product = resources.keep(dnn.buffer(dense));
      memory.desc x = OneDnn.matrix(type, rows, 2 * channels);
      memory.desc y = OneDnn.matrix(type, rows, channels);
      long[] half = {rows, channels};
      memory.desc first = x.submemory_desc(half, new long[] {0, 0});
      memory.desc second = x.submemory_desc(half, new long[] {0, channels});
      copyFirst = copy(first, t);
      copySecond = copy(second, s);
      tanh = activate(dnnl_eltwise_tanh, t);
      sigmoid = activate(dnnl_eltwise_logistic, s);
      multiply = multiply(y);
      firstGradient = firstGradient(y);
      secondGradient = secondGradient(y);
      writeFirst = write(first);
      writeSecond = write(second);
    }
  }

  void forward(INDArray x, INDArray y) {
    activate(x);
    multiply.run(y);
  }

  void backward(INDArray x, INDArray yGradient, INDArray xGradient) {
    activate(x);
    firstGradient.run(yGradient);
    writeFirst.run(xGradient);
    secondGradient.run(yGradient);
    writeSecond.run(xGradient);
  }

  private void activate(INDArray x) {
    copyFirst.run(x);
    tanh.run();
    copySecond.run(x);
    sigmoid.run();
  }

  private Task copy(memory.desc half, memory to) {
    return new Task(
        dnn,
        dnn.reorder(half, dense),
        new Argument(DNNL_ARG_FROM, dnn.slot(half)),
        new Argument(DNNL_ARG_TO, to));
  }

  private Task write(memory.desc half) {
    return new Task(
        dnn,
        dnn.reorder(dense, half),
        new Argument(DNNL_ARG_TO, dnn.slot(half)),
        new Argument(DNNL_ARG_FROM, product));
  }

  private Task activate(int function, memory inPlace) {
    return new Task(
        dnn,
        new eltwise_forward.primitive_desc(
            dnn.engine(), dnnl_forward_training, function, dense, dense),
        new Argument(DNNL_ARG_SRC, inPlace),
        new Argument(DNNL_ARG_DST, inPlace));
  }

  private Task multiply(memory.desc y) {
    return new Task(
        dnn,
        new binary.primitive_desc(dnn.engine(), dnnl_binary_mul, dense, dense, y),
        new Argument(DNNL_ARG_DST, dnn.slot(y)),
        new Argument(DNNL_ARG_SRC_0, t),
        new Argument(DNNL_ARG_SRC_1, s));
  }

  /** {@code (1 - t t) s dy}. */
  private Task firstGradient(memory.desc y) {
    post_ops then = new post_ops();
    then.append_eltwise(dnnl_eltwise_linear, -1, 1);
    then.append_binary(dnnl_binary_mul, dense);
    then.append_binary(dnnl_binary_mul, y);
    return new Task(
        dnn,
        square(then),
        new Argument(Task.operand(2), dnn.slot(y)),
        new Argument(Task.operand(1), s),
        new Argument(DNNL_ARG_SRC_0, t),
        new Argument(DNNL_ARG_SRC_1, t),
        new Argument(DNNL_ARG_DST, product));
  }

  /** {@code (s - s s) t dy}. */
  private Task secondGradient(memory.desc y) {
    post_ops then = new post_ops();
    then.append_eltwise(dnnl_eltwise_linear, -1, 0);
    then.append_binary(dnnl_binary_add, dense);
    then.append_binary(dnnl_binary_mul, dense);
    then.append_binary(dnnl_binary_mul, y);
    return new Task(
        dnn,
        square(then),
        new Argument(Task.operand(3), dnn.slot(y)),
        new Argument(Task.operand(1), s),
        new Argument(Task.operand(2), t),
        new Argument(DNNL_ARG_SRC_0, s),
        new Argument(DNNL_ARG_SRC_1, s),
        new Argument(DNNL_ARG_DST, product));
  }

  private binary.primitive_desc square(post_ops then) {
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(then);
    return new binary.primitive_desc(
        dnn.engine(), dnnl_binary_mul, dense, dense, dense, attributes, false);
  }

  @Override
  public void close() {
    for (Task task :
        new Task[] {
          copyFirst,
          copySecond,
          tanh,
          sigmoid,
          multiply,
          firstGradient,
          secondGradient,
          writeFirst,
          writeSecond
        }) {
      task.close();
    }
    resources.close();
  }
}
