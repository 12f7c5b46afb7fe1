package org.vqvae.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.random.RandomStream;

class InitializersTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void waves_make_neighbours_alike_and_distant_places_unlike(int axis) {
    // GIVEN a matrix of 100 places and 4,000 lines, along either axis
    INDArray matrix =
        axis == 0
            ? Nd4j.create(DataType.DOUBLE, 100, 4_000)
            : Nd4j.create(DataType.DOUBLE, 4_000, 100);
    // WHEN
    Initializers.waves(axis, 3, 2).fill(matrix, RandomStream.of(7, "waves"));
    // THEN the mean product of two places is the deviation's square times a Gaussian of their
    // distance u, exp(-(2 pi cycles u)^2 / 2)
    INDArray places = axis == 0 ? matrix : matrix.transpose();
    for (int other : new int[] {40, 41, 45, 60, 99}) {
      double distance = 2 * Math.PI * 2 * (other - 40) / 100.0;
      double product = places.getRow(40).mul(places.getRow(other)).meanNumber().doubleValue();
      assertThat(product / 9)
          .as("places 40 and %d", other)
          .isCloseTo(Math.exp(-distance * distance / 2), within(0.05));
    }
  }
}
