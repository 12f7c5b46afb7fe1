package org.vqvae.core.testing;

import java.util.Arrays;
import org.assertj.core.api.AbstractAssert;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Assertions on arrays: the shape first, then each value against an explicit tolerance. NaN never
 * passes, and a failure names the worst index.
 */
public final class ArrayAssert extends AbstractAssert<ArrayAssert, INDArray> {

  private ArrayAssert(INDArray actual) {
    super(actual, ArrayAssert.class);
  }

  public static ArrayAssert assertThatArray(INDArray actual) {
    return new ArrayAssert(actual);
  }

  public ArrayAssert hasShape(long... expected) {
    isNotNull();
    if (!Arrays.equals(actual.shape(), expected)) {
      failWithMessage(
          "%nexpected shape: %s%n but was shape: %s",
          Arrays.toString(expected), Arrays.toString(actual.shape()));
    }
    return this;
  }

  /** Every value differs from the expected by at most {@code tolerance}. */
  public ArrayAssert isCloseTo(INDArray expected, double tolerance) {
    return isCloseTo(expected, tolerance, 0);
  }

  /** Every value differs from the expected by at most {@code absolute + relative * |expected|}. */
  public ArrayAssert isCloseTo(INDArray expected, double absolute, double relative) {
    hasShape(expected.shape());
    double[] is = values(actual);
    double[] should = values(expected);
    int worst = -1;
    int count = 0;
    double worstExcess = 0;
    for (int i = 0; i < is.length; i++) {
      double excess = Math.abs(is[i] - should[i]) - (absolute + relative * Math.abs(should[i]));
      if (!(excess <= 0)) {
        count++;
        if (worst < 0 || !(excess <= worstExcess)) {
          worst = i;
          worstExcess = excess;
        }
      }
    }
    if (count > 0) {
      failWithMessage(
          "%n%d of %d values differ by more than %s (+ %s of the expected); worst at %s:%n "
              + " expected: %s%n   but was: %s",
          count,
          is.length,
          absolute,
          relative,
          Arrays.toString(index(worst)),
          should[worst],
          is[worst]);
    }
    return this;
  }

  /** The same shape and the same values, bit for bit (0 and -0 are equal, NaN never passes). */
  public ArrayAssert isEqualToArray(INDArray expected) {
    return isCloseTo(expected, 0);
  }

  public ArrayAssert isFinite() {
    isNotNull();
    double[] is = values(actual);
    for (int i = 0; i < is.length; i++) {
      if (!Double.isFinite(is[i])) {
        failWithMessage(
            "%nexpected finite values but was %s at %s", is[i], Arrays.toString(index(i)));
      }
    }
    return this;
  }

  private long[] index(int position) {
    return Shape.ind2subC(actual, position);
  }

  private static double[] values(INDArray array) {
    return Nd4j.toFlattened('c', array)
        .castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE)
        .toDoubleVector();
  }
}
