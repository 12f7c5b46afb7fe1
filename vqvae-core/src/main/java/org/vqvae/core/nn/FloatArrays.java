package org.vqvae.core.nn;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies between arrays and {@code float[]}, in one go, for numeric code that is a plain Java loop.
 *
 * <p>Element access of an array costs a microsecond a time; these copies run at the speed of
 * memory. Values are in 'c' order on the Java side, whatever the array's strides; views are read
 * and written at their offset.
 */
public final class FloatArrays {

  private FloatArrays() {}

  /** The values of a FLOAT array. */
  public static float[] read(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    read(array, values);
    return values;
  }

  /** Copies the values of a FLOAT array to the front of {@code values}. */
  public static void read(INDArray array, float[] values) {
    checkType(array);
    INDArray dense = isDense(array) ? array : array.dup('c');
    Nd4j.getAffinityManager().ensureLocation(dense, Location.HOST);
    try {
      pointer(dense).get(values, 0, Math.toIntExact(dense.length()));
    } finally {
      Reference.reachabilityFence(dense);
    }
  }

  /**
   * A contiguous FLOAT array's own memory; valid as long as the array is reachable. Whoever writes
   * to it says so by {@link #changed}.
   */
  public static FloatBuffer view(INDArray array) {
    checkType(array);
    if (!isDense(array)) {
      throw new IllegalArgumentException("expected a contiguous array in 'c' order");
    }
    Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
    return pointer(array).capacity(array.offset() + array.length()).asBuffer();
  }

  /** Says that an array's memory was written to: on a GPU its copy there is out of date. */
  public static void changed(INDArray array) {
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
  }

  /**
   * The sum of the squares of a FLOAT array's values, in double precision and always in the same
   * order. ND4J's own sums of a whole array depend on the number of its threads.
   */
  public static double squaredSum(INDArray array) {
    return sum(array, value -> (double) value * value);
  }

  /** The sum of the magnitudes of a FLOAT array's values, likewise. */
  public static double absoluteSum(INDArray array) {
    return sum(array, Math::abs);
  }

  /** What a value adds to a sum. */
  private interface Summand {
    double of(float value);
  }

  private static double sum(INDArray array, Summand summand) {
    INDArray dense = isDense(array) ? array : array.dup('c');
    try {
      FloatBuffer values = view(dense);
      double sum = 0;
      for (int i = 0; i < dense.length(); i++) {
        sum += summand.of(values.get(i));
      }
      return sum;
    } finally {
      Reference.reachabilityFence(dense);
    }
  }

  /** Overwrites a FLOAT array with as many values from the front of {@code values}. */
  public static void write(float[] values, INDArray array) {
    checkType(array);
    if (!isDense(array)) {
      array.assign(of(values, array.shape()));
      return;
    }
    put(values, array);
  }

  /** A new FLOAT array of that shape. */
  public static INDArray of(float[] values, long... shape) {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    if (array.length() > values.length) {
      throw new IllegalArgumentException(
          "%s needs %d values but there are %d"
              .formatted(Arrays.toString(shape), array.length(), values.length));
    }
    put(values, array);
    return array;
  }

  private static void put(float[] values, INDArray dense) {
    pointer(dense).put(values, 0, Math.toIntExact(dense.length()));
    changed(dense);
  }

  /**
   * Whether the values lie side by side in 'c' order; the stride of a dimension of size 1 does not
   * matter.
   */
  private static boolean isDense(INDArray array) {
    long stride = 1;
    for (int dimension = array.rank() - 1; dimension >= 0; dimension--) {
      if (array.size(dimension) != 1 && array.stride(dimension) != stride) {
        return false;
      }
      stride *= array.size(dimension);
    }
    return true;
  }

  /** ND4J's buffers know their offset but do not apply it to their pointer. */
  private static FloatPointer pointer(INDArray array) {
    return new FloatPointer(array.data().pointer()).position(array.offset());
  }

  private static void checkType(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException("expected an array of FLOAT but was " + array.dataType());
    }
  }
}
