package org.vqvae.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Grid;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.kernel.Workers;

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
  void of_several_codebooks_it_is_the_mean_over_all_codes_and_so_is_its_gradient() {
    // Given one code of the map "top" and two of "bottom", of probability 1/4, 1/2 and 1/8
    CodeShape shape =
        new CodeShape(
            List.of(
                new CodeMap("top", new Grid(1), List.of(2)),
                new CodeMap("bottom", new Grid(1), List.of(2, 3))));
    Codes codes = Codes.of(shape, 0, 1, 2);
    // When
    double nats = loss.nats(threeTables(), codes);
    Logits gradient = threeTables();
    double same = loss.natsAndGradient(gradient, codes);
    // Then
    assertThat(nats).isCloseTo((2 + 1 + 3) * Math.log(2) / 3, within(1e-12));
    assertThat(same).isEqualTo(nats);
    assertThatArray(gradient.tables().get(0))
        .isCloseTo(Nd4j.createFromArray(new double[][] {{-3 / 12., 3 / 12.}}), 1e-12);
    assertThatArray(gradient.tables().get(1))
        .isCloseTo(Nd4j.createFromArray(new double[][] {{1 / 6., -1 / 6.}}), 1e-12);
    assertThatArray(gradient.tables().get(2))
        .isCloseTo(Nd4j.createFromArray(new double[][] {{1 / 24., 6 / 24., -7 / 24.}}), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"native, 1, 1e-6", "native, 3, 1e-6", "auto, 1, 1e-5", "auto, 3, 1e-5"})
  void many_rows_are_shared_by_workers_and_each_counts_once(
      String kernels, int size, double rounding) {
    // Given 600 rows of probabilities 1/8 and 7/8, as part of a larger array
    INDArray all = Nd4j.zeros(DataType.FLOAT, 700, 2);
    INDArray logits = new Cut.Range(50, 650).of(all);
    int[] codes = new int[600];
    for (int row = 0; row < codes.length; row++) {
      logits.putScalar(row, row % 2, Math.log(7));
      codes[row] = row % 3 == 0 ? row % 2 : 1 - row % 2;
    }
    try (Workers workers =
        new KernelsFactory(Backend.start()).workers(kernels, DataType.FLOAT, size)) {
      // When
      double nats = new CodeLoss(workers.kernels(0)).natsAndGradient(logits, codes);
      // Then a third of the codes has probability 7/8
      assertThat(nats).isCloseTo((Math.log(8. / 7) + 2 * Math.log(8)) / 3, within(rounding));
    }
    for (int row = 0; row < codes.length; row++) {
      for (int code = 0; code < 2; code++) {
        double probability = code == row % 2 ? 7 / 8. : 1 / 8.;
        assertThat(logits.getDouble(row, code))
            .as("row %d, code %d", row, code)
            .isCloseTo((probability - (code == codes[row] ? 1 : 0)) / 600, within(rounding / 100));
      }
    }
    // And what is around it is left alone
    assertThat(all.getDouble(49, 0)).isZero();
    assertThat(all.getDouble(650, 0)).isZero();
  }

  private static Logits threeTables() {
    return new Logits(
        List.of(
            logs(new double[][] {{1, 3}}),
            logs(new double[][] {{1, 1}}),
            logs(new double[][] {{1, 6, 1}})));
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
