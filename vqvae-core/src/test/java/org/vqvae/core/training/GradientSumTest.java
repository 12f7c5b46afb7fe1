package org.vqvae.core.training;

import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GradientSumTest {
  private static final double[] WEIGHTS = {0.5, 0.125, 0.375};

  private final GradientSum sum = new GradientSum(gradient(0));

  /** Values whose sum depends on the order in which they are added. */
  private static INDArray gradient(int part) {
    float[][] values = {{1e8f, 1}, {-4e8f, 2}, {3, 1e-3f}};
    return Nd4j.createFromArray(values[part]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"012", "021", "102", "120", "201", "210"})
  void parts_are_added_in_their_order_whatever_order_they_come_in(String arrival) {
    for (int step = 0; step < 2; step++) {
      // Given
      sum.clear();
      INDArray shared = gradient(0);
      // When each part's gradient overwrites that of the part before
      for (int i = 0; i < arrival.length(); i++) {
        int part = arrival.charAt(i) - '0';
        shared.assign(gradient(part));
        sum.add(part, WEIGHTS[part], shared);
      }
      // Then ((0.5 a + 0.125 b) + 0.375 c)
      assertThatArray(sum.sum()).isEqualToArray(Nd4j.createFromArray(1.125f, 0.750375f));
    }
  }

  @Test
  void parts_that_a_failed_step_left_waiting_are_forgotten() {
    sum.add(2, 1, gradient(2));
    sum.clear();
    sum.add(0, 1, gradient(0));
    assertThatArray(sum.sum()).isEqualToArray(gradient(0));
  }
}
