package org.vqvae.core.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import java.lang.ref.Reference;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A oneDNN primitive, made once, that runs on ND4J's buffers: some of its arguments are arrays
 * given at each call, the others are buffers of its own.
 */
final class Task implements AutoCloseable {
  private final Resources resources = new Resources();
  private final String implementation;
  private final dnnl_primitive primitive;
  private final dnnl_stream stream;
  private final dnnl_exec_arg_t arguments;
  private final dnnl_memory[] memories;
  private final Address address = new Address();
  private boolean closed;

  /** What a primitive reads or writes; {@code id} is one of oneDNN's DNNL_ARG constants. */
  record Argument(int id, memory memory) {}

  /**
   * Makes a primitive.
   *
   * @param inOrder the arguments; the first ones are the slots of {@link #run}, in its order
   */
  Task(OneDnn dnn, primitive_desc_base desc, Argument... inOrder) {
    implementation = desc.impl_info_str().getString();
    primitive = resources.keep(new primitive(desc.get())).get();
    stream = dnn.stream().get();
    arguments = resources.keep(new dnnl_exec_arg_t(inOrder.length));
    memories = new dnnl_memory[inOrder.length];
    for (int i = 0; i < inOrder.length; i++) {
      memories[i] = resources.keep(inOrder[i].memory()).get();
      arguments.getPointer(i).arg(inOrder[i].id()).memory(memories[i]);
    }
  }

  /** oneDNN's name for the code that runs; "ref" begins the names of slow reference code. */
  String implementation() {
    return implementation;
  }

  /** The second operand of the n-th operation after the first, counted from 0. */
  static int operand(int n) {
    return DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (n + 1) | DNNL_ARG_SRC_1;
  }

  /** Runs to the end on these arrays. */
  void run(INDArray... arrays) {
    if (closed) {
      throw new IllegalStateException("these kernels are closed");
    }
    try {
      for (int i = 0; i < arrays.length; i++) {
        check(dnnl.dnnl_memory_set_data_handle(memories[i], address.of(arrays[i])));
      }
      check(dnnl.dnnl_primitive_execute(primitive, stream, memories.length, arguments));
      check(dnnl.dnnl_stream_wait(stream));
    } finally {
      // oneDNN saw bare addresses: without this an array could be freed while it runs
      Reference.reachabilityFence(arrays);
    }
  }

  /** Where an array's first element is: its buffer's pointer does not know about views. */
  static long address(INDArray array) {
    return array.data().pointer().address() + array.offset() * array.dataType().width();
  }

  /** Fills a contiguous array with zeros. */
  static void clear(INDArray array) {
    try {
      Pointer.memset(new Address().of(array), 0, array.length() * array.dataType().width());
    } finally {
      Reference.reachabilityFence(array);
    }
  }

  private void check(int status) {
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException(
          "oneDNN's %s failed with status %d".formatted(implementation, status));
    }
  }

  @Override
  public void close() {
    closed = true;
    resources.close();
  }

  /** A pointer that can be moved, so that a call allocates none. */
  private static final class Address extends Pointer {

    Address of(INDArray array) {
      address = Task.address(array);
      return this;
    }
  }
}
