package org.vqvae.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class FloatArraysTest {
  private final INDArray matrix = FloatArrays.of(new float[] {0, 1, 2, 3, 4, 5}, 2, 3);

  @Test
  void values_come_row_after_row_whatever_the_strides() {
    assertThat(FloatArrays.read(matrix)).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(FloatArrays.read(matrix.transpose())).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(FloatArrays.read(matrix.dup('f'))).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void views_are_read_and_written_at_their_offset() {
    INDArray row = matrix.getRow(1);
    INDArray column = matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 2));
    assertThat(FloatArrays.read(row)).containsExactly(3, 4, 5);
    assertThat(FloatArrays.read(column)).containsExactly(1, 4);

    FloatArrays.write(new float[] {6, 7, 8}, row);
    FloatArrays.write(new float[] {9, 9}, column);
    assertThat(FloatArrays.read(matrix)).containsExactly(0, 9, 2, 6, 9, 8);
  }

  @Test
  void a_view_in_another_order_is_written_through() {
    FloatArrays.write(new float[] {0, 1, 2, 3, 4, 5}, matrix.transpose());
    assertThat(FloatArrays.read(matrix)).containsExactly(0, 2, 4, 1, 3, 5);
  }

  @Test
  void a_single_value_is_an_array_too() {
    INDArray one = FloatArrays.of(new float[] {3}, 1, 1);
    FloatArrays.write(new float[] {4}, one);
    assertThatArray(one).isEqualToArray(Nd4j.createFromArray(new float[][] {{4}}));
  }

  @Test
  void only_as_many_values_as_the_array_has_are_copied() {
    float[] values = new float[8];
    FloatArrays.read(matrix, values);
    assertThat(values).containsExactly(0, 1, 2, 3, 4, 5, 0, 0);
    FloatArrays.write(new float[] {5, 4, 3, 2, 1, 0, 7, 7}, matrix);
    assertThat(FloatArrays.read(matrix)).containsExactly(5, 4, 3, 2, 1, 0);
  }

  @Test
  void other_types_and_missing_values_are_refused() {
    assertThatThrownBy(() -> FloatArrays.read(Nd4j.zeros(DataType.DOUBLE, 2)))
        .hasMessage("expected an array of FLOAT but was DOUBLE");
    assertThatThrownBy(() -> FloatArrays.of(new float[5], 2, 3))
        .hasMessage("[2, 3] needs 6 values but there are 5");
  }
}
