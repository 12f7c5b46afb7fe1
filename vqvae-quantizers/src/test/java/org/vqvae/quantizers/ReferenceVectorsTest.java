package org.vqvae.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;
import static org.vqvae.quantizers.Given.array;
import static org.vqvae.quantizers.Given.codes;
import static org.vqvae.quantizers.Given.parameter;
import static org.vqvae.quantizers.Given.row;
import static org.vqvae.quantizers.Given.step;
import static org.vqvae.quantizers.Given.term;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Bottled;
import org.vqvae.core.CodeUsage;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;

/** Numbers that other projects state, or that follow from their formulas in double precision. */
class ReferenceVectorsTest {
  private static final double FLOAT_PRECISION = 1.2e-7;

  @Nested
  @DisplayName("TorchMultimodal, tests/modules/layers/test_codebook.py")
  class TorchMultimodal {
    private final INDArray latents =
        array(
            row(-1, 2, 0, 0, -2),
            row(0, 1, -1, 2, -1),
            row(1, 0, -1, -1, 1),
            row(2, 1, 0, 1, 1),
            row(2, -1, 0, 2, 0),
            row(-1, -2, 0, 1, 0));
    private final double[][] fixed = {
      row(1, 0, -1, -1, 2), row(2, -2, 0, 0, 1), row(2, 1, 0, 1, 1), row(-1, -2, 0, 2, 0)
    };
    private final double[][] moving = {
      row(2, -1, 0, 2, 0), row(2, 1, 0, 1, 1), row(0, 1, -1, 2, -1), row(1, 0, -1, -1, 1)
    };

    @Test
    void latents_get_the_stated_codes() {
      Quantizer quantizer = Given.nearest(4, 5, 0.25, codes(fixed), Given.KEEP);
      Bottled result = quantizer.apply(latents, Phase.EVAL);
      assertThat(result.codes()).containsExactly(2, 2, 0, 2, 1, 3);
      // the first latent's squared distance to code 2 is 20
      Bottled first = quantizer.apply(latents.getRow(0, true), Phase.EVAL);
      assertThat(term(first, "codebook") * 5).isEqualTo(20);
    }

    @Test
    void codes_look_up_their_rows() {
      Quantizer quantizer = Given.nearest(4, 5, 0.25, codes(fixed), Given.KEEP);
      assertThatArray(quantizer.lookup(new int[] {0, 1}, 1))
          .isEqualToArray(array(fixed[0], fixed[1]));
      assertThatArray(quantizer.lookup(new int[] {0, 1, 2, 3}, 1)).isEqualToArray(array(fixed));
    }

    @Test
    void one_moving_average_step_gives_the_stated_codebook() {
      // Given averages that start as TorchMultimodal's: counts 1, sums the codebook, no bias to
      // take away
      Quantizer quantizer = ema(4, 5, 0.25, 0.3, 1e-7, codes(moving));
      setState(quantizer, Nd4j.ones(4), array(moving), 1000);
      // When
      Bottled result = step(quantizer, latents);
      // Then
      assertThat(result.codes()).containsExactly(2, 2, 3, 1, 0, 0);
      assertThatArray(parameter(quantizer, "ema-counts/hidden"))
          .isCloseTo(Nd4j.createFromArray(1.7, 1, 1.7, 1), 1e-6);
      assertThatArray(parameter(quantizer, "ema-sums/hidden"))
          .isCloseTo(
              array(
                  row(1.3, -2.4, 0, 2.7, 0),
                  row(2, 1, 0, 1, 1),
                  row(-.7, 2.4, -1, 2, -2.4),
                  row(1, 0, -1, -1, 1)),
              1e-6);
      assertThatArray(parameter(quantizer, "codebook"))
          .isCloseTo(
              array(
                  row(.7647, -1.4118, 0, 1.5882, 0),
                  row(2, 1, 0, 1, 1),
                  row(-.4118, 1.4118, -.5882, 1.1765, -1.4118),
                  row(1, 0, -1, -1, 1)),
              1e-4);
    }

    @Test
    void when_all_choose_one_code_the_others_become_latents() {
      // Given a codebook of which only code 1 is near
      double[][] far = {
        row(9, 9, 9, 9, 9), row(0, 0, 0, 0, 0), row(8, 9, 9, 9, 9), row(9, 8, 9, 9, 9)
      };
      Given.Ema settings = new Given.Ema(4, 5, 0.25, 0.3, 1e-7);
      Quantizer quantizer = Given.ema(settings, codes(far), Given.restart(0.5));
      // When
      Bottled result = step(quantizer, latents);
      // Then code 1 is the mean of all, and each other is some latent
      assertThat(result.codes()).containsOnly(1);
      INDArray codebook = parameter(quantizer, "codebook");
      assertThatArray(codebook.getRow(1)).isCloseTo(latents.mean(0), 1e-6);
      for (int code : new int[] {0, 2, 3}) {
        assertThat(Arrays.asList(latents.toFloatMatrix()))
            .contains(codebook.getRow(code).toFloatVector());
      }
    }
  }

  @Nested
  @DisplayName("Sonnet's golden checkpoints, from their variables by Sonnet's formulas")
  class Sonnet {

    @Test
    void nearest() {
      // Given vectors that Sonnet stores as [D, K] = 0..23, and latents 0..23
      double[][] rows = new double[6][4];
      double[][] latents = new double[6][4];
      for (int k = 0; k < 6; k++) {
        int code = k;
        Arrays.setAll(rows[k], d -> 6 * d + code);
        Arrays.setAll(latents[k], d -> 4 * code + d);
      }
      Quantizer quantizer = Given.nearest(6, 4, 0.25, codes(rows), Given.KEEP);
      // When
      Bottled result = quantizer.apply(array(latents), Phase.EVAL);
      // Then
      assertThat(result.codes()).containsExactly(0, 0, 0, 4, 5, 5);
      assertThat(term(result, "codebook")).isCloseTo(54.1666667, within(1e-7));
      assertThat(result.loss()).isCloseTo(67.7083333, within(1e-7));
      assertThat(CodeUsage.of(6, result.codes()).batchPerplexity())
          .isCloseTo(2.7494592731723677, within(1e-14));
    }

    @Test
    void ema_in_training() {
      // Given
      double[][] rows = new double[7][5];
      for (int k = 0; k < 7; k++) {
        int code = k;
        Arrays.setAll(rows[k], d -> 7 * d + code);
      }
      Quantizer quantizer = ema(7, 5, 0.5, 0.9, 1e-5, codes(rows));
      setState(quantizer, Nd4j.arange(7), array(rows), 0);
      // When
      INDArray latents = array(row(0, 1, 2, 3, 4), row(5, 6, 7, 8, 9));
      Bottled result = step(quantizer, latents);
      // Then
      assertThat(result.codes()).containsExactly(0, 0);
      assertThat(result.loss()).isCloseTo(84.25, within(1e-9));
      assertThat(CodeUsage.of(7, result.codes()).batchPerplexity())
          .isCloseTo(.9999999999, within(1e-15));
      assertThatArray(parameter(quantizer, "ema-counts/hidden").div(1 - 0.9))
          .isCloseTo(Nd4j.createFromArray(2f, 9, 18, 27, 36, 45, 54), 0, 1e-6);
      INDArray codebook = parameter(quantizer, "codebook");
      assertRow(codebook, 0, 5e-5, 2.5, 34.9998, 67.4997, 99.9995, 132.4994);
      assertRow(codebook, 1, 5e-7, .999999, 7.999994, 14.999989, 21.999984, 28.999978);
      assertRow(codebook, 6, 5e-7, 1, 2.166667, 3.333334, 4.500001, 5.666668);
    }

    /** The case that tells the dialects of moving averages apart: by 1e5 at the first step. */
    @Test
    void ema_from_a_cold_start() {
      // Given
      Quantizer quantizer = ema(3, 2, 0.25, 0.9, 1e-5, codes(row(0, 0), row(1, 1), row(10, 10)));
      INDArray latents = array(row(.1, 0), row(.9, 1.1), row(1.2, 1), row(0, -.1));
      INDArray expected = array(row(.05000012, -.05000012), row(1.050003, 1.050003), row(0, 0));
      // When fed the same batch twice, then both steps end in the same codebook
      for (int step = 0; step < 2; step++) {
        assertThat(step(quantizer, latents).codes()).containsExactly(0, 1, 1, 0);
        assertThatArray(parameter(quantizer, "codebook")).isCloseTo(expected, 0, 5e-7);
      }
    }

    /** To half of the last stated digit, and what a float can hold. */
    private void assertRow(INDArray codebook, int code, double tolerance, double... expected) {
      assertThatArray(codebook.getRow(code))
          .isCloseTo(Nd4j.createFromArray(expected), tolerance, FLOAT_PRECISION);
    }
  }

  private static Quantizer ema(
      int size, int dim, double beta, double decay, double epsilon, CodebookInitializer codes) {
    return Given.ema(new Given.Ema(size, dim, beta, decay, epsilon), codes, Given.KEEP);
  }

  private static void setState(Quantizer quantizer, INDArray counts, INDArray sums, double steps) {
    parameter(quantizer, "ema-counts/hidden").assign(counts);
    parameter(quantizer, "ema-counts/steps").assign(steps);
    parameter(quantizer, "ema-sums/hidden").assign(sums);
    parameter(quantizer, "ema-sums/steps").assign(steps);
  }
}
