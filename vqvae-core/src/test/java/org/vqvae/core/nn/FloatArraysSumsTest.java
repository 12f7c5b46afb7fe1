package org.vqvae.core.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.random.RandomStream;

/** Sums that are the same on every machine, with any number of threads of ND4J's. */
class FloatArraysSumsTest {

  private static float[] values(int count) {
    RandomStream random = RandomStream.of(1, "values");
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void squares_and_magnitudes_are_added_in_order_in_double_precision() {
    // Given more values than ND4J sums with one thread
    float[] values = values(100_000);
    double squares = 0;
    double magnitudes = 0;
    for (float value : values) {
      squares += (double) value * value;
      magnitudes += Math.abs(value);
    }
    // When, Then to the last bit
    INDArray array = FloatArrays.of(values, 100, 1000);
    assertThat(FloatArrays.squaredSum(array)).isEqualTo(squares);
    assertThat(FloatArrays.absoluteSum(array)).isEqualTo(magnitudes);
  }

  @Test
  void an_array_in_another_order_is_added_in_the_order_of_its_indices() {
    INDArray transposed = FloatArrays.of(values(6), 2, 3).transpose();
    assertThat(FloatArrays.squaredSum(transposed))
        .isEqualTo(FloatArrays.squaredSum(transposed.dup('c')));
    assertThat(FloatArrays.squaredSum(Nd4j.zeros(DataType.FLOAT, 3))).isZero();
  }
}
