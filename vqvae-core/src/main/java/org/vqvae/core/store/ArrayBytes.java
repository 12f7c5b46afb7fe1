package org.vqvae.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An array's values as raw bytes, row by row and little-endian (as all processors that ND4J runs on
 * are), without a copy where the array is dense.
 */
final class ArrayBytes {
  private static final long CHUNK = 1 << 24;

  private ArrayBytes() {}

  /** Takes or fills one stretch of an array's bytes. */
  @FunctionalInterface
  interface Chunk {
    void accept(ByteBuffer bytes) throws IOException;
  }

  /** Reads all bytes of an array, in order. */
  static void read(INDArray array, Chunk reader) throws IOException {
    if (isDense(array)) {
      Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
      eachChunk(array, reader);
    } else {
      try (INDArray copy = array.dup('c')) {
        read(copy, reader);
      }
    }
  }

  /** Sets all bytes of a dense array, in order. */
  static void fill(INDArray array, Chunk writer) throws IOException {
    Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
    eachChunk(array, writer);
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
  }

  static long size(INDArray array) {
    return array.isEmpty() ? 0 : Math.multiplyExact(array.length(), array.dataType().width());
  }

  private static void eachChunk(INDArray array, Chunk user) throws IOException {
    if (array.isEmpty()) {
      return;
    }
    long first = array.offset() * array.dataType().width();
    long end = first + size(array);
    BytePointer memory = new BytePointer(array.data().pointer());
    for (long at = first; at < end; at += CHUNK) {
      user.accept(
          memory
              .limit(Math.min(at + CHUNK, end))
              .position(at)
              .asByteBuffer()
              .order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  private static boolean isDense(INDArray array) {
    long[] shape = array.shape();
    long[] stride = array.stride();
    long expected = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      if (shape[i] != 1 && stride[i] != expected) {
        return array.isEmpty();
      }
      expected *= shape[i];
    }
    return true;
  }
}
