package org.vqvae.core.kernel;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rows of contiguous FLOAT arrays on the CPU, in plain Java loops. */
final class Rows {
  private Rows() {}

  /** Says that an array's memory was written to: on a GPU its copy there is out of date. */
  static void changed(INDArray array) {
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
  }

  /** {@code y[rows[i]] += x[i]}. */
  static void add(INDArray x, int[] rows, INDArray y) {
    int width = Math.toIntExact(y.size(1));
    try {
      FloatBuffer from = values(x);
      FloatBuffer to = values(y);
      for (int i = 0; i < rows.length; i++) {
        int source = i * width;
        int target = rows[i] * width;
        for (int j = 0; j < width; j++) {
          to.put(target + j, to.get(target + j) + from.get(source + j));
        }
      }
      changed(y);
    } finally {
      Reference.reachabilityFence(x);
      Reference.reachabilityFence(y);
    }
  }

  /** {@code y[i] = x[rows[i]]}. */
  static void gather(INDArray x, int[] rows, INDArray y) {
    int width = Math.toIntExact(x.size(1));
    try {
      FloatBuffer from = values(x);
      FloatBuffer to = values(y);
      for (int i = 0; i < rows.length; i++) {
        to.put(i * width, from, rows[i] * width, width);
      }
      changed(y);
    } finally {
      Reference.reachabilityFence(x);
      Reference.reachabilityFence(y);
    }
  }

  /** {@code sum_i x[i][columns[i]]}, in order of i. */
  static double sumOfChosen(INDArray x, int[] columns) {
    int width = Math.toIntExact(x.size(1));
    try {
      FloatBuffer values = values(x);
      double sum = 0;
      for (int i = 0; i < columns.length; i++) {
        sum += values.get(i * width + columns[i]);
      }
      return sum;
    } finally {
      Reference.reachabilityFence(x);
    }
  }

  /** {@code x[i][columns[i]] -= 1}. */
  static void subtractOneHot(INDArray x, int[] columns) {
    int width = Math.toIntExact(x.size(1));
    try {
      FloatBuffer values = values(x);
      for (int i = 0; i < columns.length; i++) {
        int chosen = i * width + columns[i];
        values.put(chosen, values.get(chosen) - 1);
      }
      changed(x);
    } finally {
      Reference.reachabilityFence(x);
    }
  }

  /** The array's own memory, from 0 on; valid as long as the array is reachable. */
  static FloatBuffer values(INDArray array) {
    Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
    return new FloatPointer(array.data().pointer())
        .position(array.offset())
        .limit(array.offset() + array.length())
        .asBuffer();
  }
}
