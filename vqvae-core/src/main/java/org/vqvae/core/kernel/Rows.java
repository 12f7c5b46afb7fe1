package org.vqvae.core.kernel;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rows of contiguous FLOAT arrays on the CPU, in plain Java loops. */
final class Rows {
  private Rows() {}

  /** {@code y[rows[i]] += x[i]}. */
  static void add(INDArray x, int[] rows, INDArray y) {
    int width = Math.toIntExact(y.size(1));
    float[] sums = new float[Math.toIntExact(y.length())];
    float[] row = new float[width];
    try {
      FloatBuffer from = values(x);
      FloatBuffer to = values(y);
      to.get(sums);
      for (int index : rows) {
        from.get(row);
        int start = index * width;
        for (int j = 0; j < width; j++) {
          sums[start + j] += row[j];
        }
      }
      to.rewind();
      to.put(sums);
    } finally {
      Reference.reachabilityFence(x);
      Reference.reachabilityFence(y);
    }
  }

  private static FloatBuffer values(INDArray array) {
    return new FloatPointer(array.data().pointer())
        .position(array.offset())
        .limit(array.offset() + array.length())
        .asBuffer();
  }
}
