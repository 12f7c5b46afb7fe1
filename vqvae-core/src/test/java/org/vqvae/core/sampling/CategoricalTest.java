package org.vqvae.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.vqvae.core.random.RandomStream;

class CategoricalTest {
  private static final float[] LOGITS = {9, 9, log(1), log(2), log(4), log(3), 9};
  private static final int FROM = 2;

  @Test
  void probabilities_are_the_softmax_of_the_logits() {
    assertProbabilities(SamplingSettings.PLAIN, .1, .2, .4, .3);
  }

  @Test
  void a_low_temperature_favours_likely_codes() {
    assertProbabilities(new SamplingSettings(0.5, 0), 1 / 30., 4 / 30., 16 / 30., 9 / 30.);
  }

  @Test
  void top_k_leaves_only_the_most_likely_codes() {
    assertProbabilities(new SamplingSettings(1, 2), 0, 0, 4 / 7., 3 / 7.);
    assertProbabilities(new SamplingSettings(1, 1), 0, 0, 1, 0);
    assertProbabilities(new SamplingSettings(1, 9), .1, .2, .4, .3);
  }

  @Test
  void of_equal_codes_at_the_border_of_top_k_the_lowest_stay() {
    double[] probabilities =
        new Categorical(4, new SamplingSettings(1, 2)).probabilities(new float[] {1, 2, 1, 1}, 0);
    assertThat(probabilities[0]).isPositive();
    assertThat(probabilities[1]).isPositive();
    assertThat(probabilities[2]).isZero();
    assertThat(probabilities[3]).isZero();
  }

  private static void assertProbabilities(SamplingSettings settings, double... expected) {
    assertThat(new Categorical(4, settings).probabilities(LOGITS, FROM))
        .containsExactly(expected, within(1e-6));
  }

  @Test
  void codes_are_drawn_as_often_as_they_are_likely() {
    // Given many draws
    Categorical categorical = new Categorical(4, new SamplingSettings(0.5, 3));
    RandomStream random = RandomStream.of(5, "draws");
    int draws = 40_000;
    int[] counts = new int[4];
    for (int i = 0; i < draws; i++) {
      counts[categorical.draw(LOGITS, FROM, random)]++;
    }
    // Then each count is within five standard deviations of what is expected
    double[] probabilities = categorical.probabilities(LOGITS, FROM);
    for (int code = 0; code < 4; code++) {
      double p = probabilities[code];
      assertThat((double) counts[code])
          .isCloseTo(draws * p, within(5 * Math.sqrt(draws * p * (1 - p))));
    }
  }

  @Test
  void logits_far_from_zero_are_no_problem() {
    double[] probabilities =
        new Categorical(3, SamplingSettings.PLAIN)
            .probabilities(new float[] {-30_000, -30_000, Float.NEGATIVE_INFINITY}, 0);
    assertThat(probabilities).containsExactly(.5, .5, 0);
  }

  @Test
  void nothing_is_drawn_from_logits_that_are_not_numbers() {
    Categorical categorical = new Categorical(2, SamplingSettings.PLAIN);
    RandomStream random = RandomStream.of(5, "draws");
    assertThatThrownBy(() -> categorical.draw(new float[] {0, Float.NaN}, 0, random))
        .hasMessage(
            "the prior's logit of code 1 is NaN: it has diverged, so nothing can be drawn from it");
    float[] impossible = {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY};
    assertThatThrownBy(() -> categorical.draw(impossible, 0, random))
        .hasMessage("the prior gives every code probability 0");
  }

  @Test
  void settings_that_mean_nothing_are_refused() {
    assertThatThrownBy(() -> new SamplingSettings(0, 0))
        .hasMessage(
            "temperature must be greater than 0 and finite but was 0.0; for the most likely code"
                + " alone set topK = 1");
    assertThatThrownBy(() -> new SamplingSettings(1, -1))
        .hasMessage("topK must be at least 1, or 0 for all codes, but was -1");
  }

  private static float log(double x) {
    return (float) Math.log(x);
  }
}
