package org.vqvae.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;
import static org.vqvae.quantizers.Given.array;
import static org.vqvae.quantizers.Given.codes;
import static org.vqvae.quantizers.Given.parameter;
import static org.vqvae.quantizers.Given.row;
import static org.vqvae.quantizers.Given.step;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Bottled;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.random.RandomStream;

class DeadCodesTest {
  private static final double FAR = 100;

  /** All four choose code 0; fair usage of two codes is 2. */
  private final INDArray latents = array(row(1), row(2), row(3), row(4));

  private final CodebookInitializer oneFar = codes(row(2.5), row(FAR));

  @Nested
  class Restart {
    private final RandomStream random = RandomStream.of(1, "dead");

    @Test
    void gives_up_codes_below_the_share_and_no_others() {
      // Given 8 latents and 4 codes, so that an average code has 2
      double[] usage = {5, 0.99, 1, 0};
      assertThat(Given.restart(0.5).restarts(usage, 8, random))
          .extracting(DeadCodePolicy.Restart::code)
          .containsExactly(1, 3);
    }

    @Test
    void takes_each_latent_once_and_leaves_codes_beyond_them_for_later() {
      assertThat(Given.restart(1).restarts(new double[10], 6, random))
          .hasSize(6)
          .extracting(DeadCodePolicy.Restart::row)
          .doesNotHaveDuplicates()
          .allMatch(row -> row >= 0 && row < 6);
    }

    @Test
    void with_threshold_0_gives_up_nothing() {
      assertThat(Given.restart(0).restarts(new double[3], 6, random)).isEmpty();
    }
  }

  @Nested
  class Ema {
    private final Given.Ema settings = new Given.Ema(2, 1, 1, 0.9, 1e-7);

    @Test
    void kept_codes_that_nobody_chose_become_zero() {
      Quantizer quantizer = Given.ema(settings, oneFar, Given.KEEP);
      step(quantizer, latents);
      assertThatArray(parameter(quantizer, "codebook")).isCloseTo(array(row(2.5), row(0)), 1e-6);
    }

    @Test
    void a_restarted_code_is_a_latent_and_stays_one_when_the_next_batch_does_not_choose_it() {
      // Given
      Quantizer quantizer = Given.ema(settings, oneFar, Given.restart(0.5));
      // When
      Bottled first = step(quantizer, latents);
      float restarted = parameter(quantizer, "codebook").getFloat(1, 0);
      // Then the step itself used the old codebook
      assertThat(first.codes()).containsOnly(0);
      assertThat(restarted).isIn(1f, 2f, 3f, 4f);
      // When the next batch is elsewhere
      Bottled next = step(quantizer, array(row(-50), row(-50)));
      // Then the averages go on from the latent, not from zero, and it is not dead
      int other = next.codes()[0] == 0 ? 1 : 0;
      float expected = other == 1 ? restarted : 2.5f;
      assertThat(next.codes()).containsOnly(1 - other);
      assertThatArray(parameter(quantizer, "codebook").getRow(other))
          .isCloseTo(Nd4j.createFromArray(expected), 1e-5);
    }

    @Test
    void a_restarted_code_has_the_usage_of_an_average_code() {
      Quantizer quantizer = Given.ema(settings, oneFar, Given.restart(0.5));
      step(quantizer, latents);
      INDArray averages = parameter(quantizer, "ema-counts/hidden").div(1 - 0.9);
      assertThatArray(averages).isCloseTo(Nd4j.createFromArray(4f, 2f), 1e-6);
    }

    @Test
    void evaluation_restarts_nothing() {
      Quantizer quantizer = Given.ema(settings, oneFar, Given.restart(0.5));
      quantizer.apply(latents, Phase.EVAL);
      assertThatArray(parameter(quantizer, "codebook")).isEqualToArray(array(row(2.5), row(FAR)));
    }
  }

  @Nested
  class Nearest {

    @Test
    void a_code_restarts_after_the_optimizers_step_and_so_is_a_latent() {
      // Given a code that one latent of five still chooses, which is too few
      Quantizer quantizer = Given.nearest(2, 1, 1, oneFar, Given.restart(0.5));
      INDArray batch = array(row(1), row(2), row(3), row(4), row(90));
      Bottled result = quantizer.apply(batch, Phase.TRAIN);
      result.pullback().apply(Nd4j.zeros(5, 1), 1);
      // When the optimizer moves it, and then the step ends
      INDArray gradient = quantizer.parameters().get(0).gradient();
      assertThat(gradient.getFloat(1, 0)).isPositive();
      parameter(quantizer, "codebook").subi(gradient);
      quantizer.update(result.statistics());
      // Then the values are those of the old code
      assertThat(result.values().toFloatVector()).endsWith(100f);
      assertThat(parameter(quantizer, "codebook").getFloat(1, 0)).isIn(1f, 2f, 3f, 4f, 90f);
    }

    @Test
    void latents_are_kept_for_a_policy_that_restarts_and_for_no_other() {
      assertThat(candidates(Given.restart(0.5), Phase.TRAIN)).containsExactly(1, 2, 3, 4);
      assertThat(candidates(Given.KEEP, Phase.TRAIN)).isEmpty();
      assertThat(candidates(Given.restart(0.5), Phase.EVAL)).isEmpty();
    }

    private float[] candidates(DeadCodePolicy policy, Phase phase) {
      return Given.nearest(2, 1, 1, oneFar, policy).apply(latents, phase).statistics().rows();
    }

    @Test
    void a_restarted_code_lives_for_a_while_without_being_chosen() {
      // Given a run of many batches of four, in which code 1 was just restarted below code 0
      Quantizer quantizer = Given.nearest(2, 1, 1, oneFar, Given.restart(0.5));
      parameter(quantizer, "usage/steps").assign(10_000);
      parameter(quantizer, "usage/hidden").assign(Nd4j.createFromArray(4f, 0));
      step(quantizer, array(row(1), row(1.5), row(2), row(2.4)));
      INDArray restarted = parameter(quantizer, "codebook").dup();
      assertThat(restarted.getFloat(1, 0)).isLessThan(2.5f);
      // When nobody chooses it for 60 batches, then it stays: 2 x .99^60 = 1.1 against a limit of 1
      INDArray above = array(row(50), row(50), row(50), row(50));
      for (int i = 0; i < 60; i++) {
        step(quantizer, above);
      }
      assertThatArray(parameter(quantizer, "codebook")).isEqualToArray(restarted);
      // When nobody does for 20 more, then it is restarted: 2 x .99^80 = .9
      for (int i = 0; i < 20; i++) {
        step(quantizer, above);
      }
      assertThatArray(parameter(quantizer, "codebook")).isEqualToArray(array(row(2.5), row(50)));
    }
  }
}
