package org.vqvae.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.vqvae.core.kernel.NativeKernels;

class CodeLossTest {
  private final CodeLoss loss = new CodeLoss(new NativeKernels());

  @Test
  void is_the_mean_of_the_negative_logarithms_of_the_probabilities() {
    // Given two codes of probability 1/4 and 2/3
    INDArray logits = logs(new double[][] {{1, 3}, {1, 2}});
    // When, then
    assertThat(loss.nats(logits, new int[] {0, 1}))
        .isCloseTo((Math.log(4) + Math.log(1.5)) / 2, within(1e-12));
  }

  @Test
  void its_gradient_is_the_difference_of_probabilities_and_codes_over_the_number_of_codes() {
    // Given the probabilities 1/4, 3/4 and 1/3, 2/3
    INDArray logits = logs(new double[][] {{1, 3}, {1, 2}});
    // When
    double nats = loss.natsAndGradient(logits, new int[] {0, 1});
    // Then
    assertThat(nats).isCloseTo((Math.log(4) + Math.log(1.5)) / 2, within(1e-12));
    assertThatArray(logits)
        .isCloseTo(
            Nd4j.createFromArray(new double[][] {{-3 / 8., 3 / 8.}, {1 / 6., -1 / 6.}}), 1e-12);
  }

  @Test
  void logits_far_from_zero_are_no_problem() {
    INDArray logits = Nd4j.createFromArray(new float[][] {{-20_000, 0}, {90, 20_000}});
    assertThat(loss.nats(logits, new int[] {0, 1})).isCloseTo(10_000, within(1e-3));
  }

  @Test
  void codes_and_logits_that_do_not_fit_are_refused() {
    INDArray logits = Nd4j.zeros(DataType.FLOAT, 2, 3);
    assertThatThrownBy(() -> loss.nats(logits, new int[] {0}))
        .hasMessage("logits: expected [1, K], one row per code and at least one, but was [2, 3]");
    assertThatThrownBy(() -> loss.nats(logits, new int[] {0, 3}))
        .hasMessage("code 1 is 3, but the logits are of 3 codes: it must be in 0..2");
  }

  private static INDArray logs(double[][] values) {
    return Transforms.log(Nd4j.createFromArray(values));
  }
}
