package org.vqvae.core.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.Arrays;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc_base;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Task.Argument;

/**
 * A task and the reorder that brings weights into, or their gradient out of, the layout that the
 * task wants.
 */
final class WeightedTask implements AutoCloseable {
  private final @Nullable Task before;
  private final Task main;
  private final @Nullable Task after;
  private final OneDnn dnn;
  private long packedIn;
  private long packedFrom;

  private WeightedTask(OneDnn dnn, @Nullable Task before, Task main, @Nullable Task after) {
    this.dnn = dnn;
    this.before = before;
    this.main = main;
    this.after = after;
  }

  /** A task that reads weights of the layout {@code plain}. */
  static WeightedTask reading(
      OneDnn dnn, primitive_desc_base desc, memory.desc plain, Argument... arguments) {
    memory.desc packed = desc.weights_desc(0);
    if (packed.equals(plain)) {
      return direct(dnn, desc, new Argument(DNNL_ARG_WEIGHTS, dnn.slot(plain)), arguments);
    }
    memory weights = dnn.buffer(packed);
    Task pack =
        new Task(
            dnn,
            dnn.reorder(plain, packed),
            new Argument(DNNL_ARG_FROM, dnn.slot(plain)),
            new Argument(DNNL_ARG_TO, weights));
    Argument read = new Argument(DNNL_ARG_WEIGHTS, weights);
    return new WeightedTask(dnn, pack, new Task(dnn, desc, append(arguments, read)), null);
  }

  /** A task that writes a gradient of the layout {@code plain}. */
  static WeightedTask writing(
      OneDnn dnn, primitive_desc_base desc, memory.desc plain, Argument... arguments) {
    memory.desc packed = desc.diff_weights_desc(0);
    if (packed.equals(plain)) {
      return direct(dnn, desc, new Argument(DNNL_ARG_DIFF_WEIGHTS, dnn.slot(plain)), arguments);
    }
    memory gradient = dnn.buffer(packed);
    Task unpack =
        new Task(
            dnn,
            dnn.reorder(packed, plain),
            new Argument(DNNL_ARG_TO, dnn.slot(plain)),
            new Argument(DNNL_ARG_FROM, gradient));
    Argument written = new Argument(DNNL_ARG_DIFF_WEIGHTS, gradient);
    return new WeightedTask(dnn, null, new Task(dnn, desc, append(arguments, written)), unpack);
  }

  private static WeightedTask direct(
      OneDnn dnn, primitive_desc_base desc, Argument weights, Argument... arguments) {
    return new WeightedTask(dnn, null, new Task(dnn, desc, append(arguments, weights)), null);
  }

  void run(INDArray weights, INDArray... arrays) {
    if (before != null) {
      pack(before, weights);
      main.run(arrays);
    } else if (after != null) {
      main.run(arrays);
      after.run(weights);
    } else {
      main.run(append(arrays, weights));
    }
  }

  /** Reorders the weights, unless they are those of a moment ago. */
  private void pack(Task task, INDArray weights) {
    long from = Task.address(weights);
    if (dnn.parts() == 0 || dnn.parts() != packedIn || from != packedFrom) {
      task.run(weights);
      packedIn = dnn.parts();
      packedFrom = from;
    }
  }

  String implementation() {
    return main.implementation();
  }

  private static <T> T[] append(T[] array, T last) {
    T[] longer = Arrays.copyOf(array, array.length + 1);
    longer[array.length] = last;
    return longer;
  }

  @Override
  public void close() {
    main.close();
    if (before != null) {
      before.close();
    }
    if (after != null) {
      after.close();
    }
  }
}
