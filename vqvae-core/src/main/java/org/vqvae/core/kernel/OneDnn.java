package org.vqvae.core.kernel;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/** oneDNN's CPU engine, the stream that primitives run on, and descriptions of memory. */
final class OneDnn implements AutoCloseable {
  private final Resources resources = new Resources();
  private final engine engine;
  private final stream stream;
  private long begun;
  private boolean inParts;

  OneDnn() {
    engine = resources.keep(new engine(org.bytedeco.dnnl.engine.kind.cpu, 0));
    stream = resources.keep(new stream(engine));
  }

  void beginParts() {
    begun++;
    inParts = true;
  }

  void endParts() {
    inParts = false;
  }

  /** Tells the times apart in which no weights change; 0: they may change at any time. */
  long parts() {
    return inParts ? begun : 0;
  }

  engine engine() {
    return engine;
  }

  stream stream() {
    return stream;
  }

  static memory.data_type type(DataType type) {
    return switch (type) {
      case FLOAT -> memory.data_type.f32;
      case BFLOAT16 -> memory.data_type.bf16;
      default ->
          throw new IllegalArgumentException(
              ("kernels \"onednn\" compute in FLOAT or BFLOAT16 but %s was asked for; kernels"
                      + " \"native\" do DOUBLE")
                  .formatted(type));
    };
  }

  static memory.desc desc(DataType type, long[] sizes, long[] strides) {
    return new memory.desc(sizes, type(type), strides);
  }

  static memory.desc matrix(DataType type, long rows, long columns) {
    return desc(type, new long[] {rows, columns}, new long[] {columns, 1});
  }

  /** A layout of oneDNN's choice. */
  static memory.desc any(DataType type, long[] sizes) {
    return new memory.desc(sizes, type(type), memory.format_tag.any);
  }

  /** Memory that gets its address before each use. */
  memory slot(memory.desc desc) {
    return new memory(desc, engine, (Pointer) null);
  }

  /** Memory with a buffer of its own. */
  memory buffer(memory.desc desc) {
    return new memory(desc, engine);
  }

  /** What begins {@code element} FLOAT elements after the beginning of {@code whole}. */
  memory part(memory whole, memory.desc desc, long element) {
    return new memory(desc, engine, new FloatPointer(whole.get_data_handle()).getPointer(element));
  }

  reorder.primitive_desc reorder(memory.desc from, memory.desc to) {
    return new reorder.primitive_desc(engine, from, engine, to, new primitive_attr(), false);
  }

  @Override
  public void close() {
    resources.close();
  }
}
