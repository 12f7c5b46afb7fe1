package org.vqvae.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.vqvae.core.random.RandomStream;

class ParameterVectorTest {
  private final Parameter weights =
      Parameter.learned("w", (value, random) -> value.assign(2), 3, 5);
  private final Parameter counts = Parameter.state("n", (value, random) -> value.assign(7), 4);

  @Test
  void parameters_are_views_of_the_flat_vectors() {
    // Given
    ParameterVector vector = ParameterVector.allocate(List.of(weights, counts), DataType.FLOAT);
    // When a flat value changes and a parameter's gradient changes
    vector.initialize(RandomStream.of(1, "init"));
    vector.values().putScalar(14, 9);
    weights.gradient().assign(3);
    // Then both sides see it
    assertThat(weights.value().getDouble(2, 4)).isEqualTo(9);
    assertThat(weights.value().getDouble(0, 0)).isEqualTo(2);
    assertThat(counts.value().getDouble(3)).isEqualTo(7);
    assertThat(vector.gradients().sumNumber().doubleValue()).isEqualTo(45);
  }

  @Test
  void slices_start_at_multiples_of_64_bytes() {
    ParameterVector.allocate(List.of(weights, counts), DataType.FLOAT);
    assertThat(counts.value().offset()).isEqualTo(16);
    assertThat(ParameterVector.length(List.of(weights, counts), DataType.FLOAT)).isEqualTo(32);

    ParameterVector.allocate(List.of(weights, counts), DataType.DOUBLE);
    assertThat(counts.value().offset()).isEqualTo(16);
    assertThat(ParameterVector.length(List.of(weights, counts), DataType.DOUBLE)).isEqualTo(24);
  }

  @Test
  void vectors_that_are_themselves_views_are_bound_at_their_offset() {
    // Given part of a larger array
    INDArray larger = Nd4j.zeros(DataType.FLOAT, 100);
    INDArray values = larger.get(NDArrayIndex.interval(10, 42));
    INDArray gradients = Nd4j.ones(DataType.FLOAT, 32);
    // When
    ParameterVector vector = ParameterVector.bind(List.of(weights, counts), values, gradients);
    vector.initialize(RandomStream.of(1, "init"));
    // Then only that part was written, and state has no gradient
    assertThat(larger.getDouble(9)).isZero();
    assertThat(larger.getDouble(10)).isEqualTo(2);
    assertThat(larger.getDouble(26)).isEqualTo(7);
    assertThat(larger.sumNumber().doubleValue()).isEqualTo(15 * 2 + 4 * 7);
    assertThatArray(counts.gradient()).isEqualToArray(Nd4j.zeros(DataType.FLOAT, 4));
    assertThatArray(weights.gradient()).isEqualToArray(Nd4j.ones(DataType.FLOAT, 3, 5));
  }

  @Test
  void names_are_unique_and_lengths_must_fit() {
    assertThatThrownBy(() -> ParameterVector.allocate(List.of(weights, weights), DataType.FLOAT))
        .hasMessage("two parameters are named w");
    assertThatThrownBy(
            () ->
                ParameterVector.bind(
                    List.of(weights),
                    Nd4j.zeros(DataType.FLOAT, 15),
                    Nd4j.zeros(DataType.FLOAT, 16)))
        .hasMessage("values: expected 16 for these parameters but was 15");
  }
}
