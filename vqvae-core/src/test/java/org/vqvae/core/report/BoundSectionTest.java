package org.vqvae.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundSectionTest {

  @Test
  void has_a_row_for_each_prior_and_a_column_for_the_baseline() {
    assertThat(html(FakeRun.results(), 255))
        .contains("Bits per code", "Under unigram", "here with variance 0.08712", "ln 255")
        .contains(">uniform</th>", ">unigram</th>", ">pixelcnn</th>", "40 %");
  }

  @Test
  void has_no_column_for_a_baseline_that_was_not_fitted() {
    Results results =
        Results.empty()
            .with(ResultKeys.BASELINE, "unigram")
            .with(ResultKeys.BOUND_DISTORTION, 3)
            .with(ResultKeys.PRIOR_BITS.of("pixelcnn"), 5);
    assertThat(html(results, 255)).contains("Bits per code").doesNotContain("Under unigram");
  }

  @Test
  void has_one_row_for_latents_without_codes() {
    // Given
    Results results =
        Results.empty()
            .with(ResultKeys.BOUND_DISTORTION, 3)
            .with(ResultKeys.LATENTS_RATE, 0.25)
            .with(ResultKeys.LATENTS_TOTAL, 3.25);

    // Then
    assertThat(html(results, 1))
        .contains(">latents</th>", "0.250", "3.250", "KL(q(z|x)", "not a density")
        .doesNotContain("Bits per code", "Under ");
  }

  @Test
  void says_that_the_rate_is_unknown_without_any_prior() {
    assertThat(html(Results.empty().with(ResultKeys.BOUND_DISTORTION, 3), 255))
        .contains("No prior was fitted, so the rate is not known. The distortion alone is 3.000")
        .doesNotContain("<table");
  }

  private static String html(Results results, int levels) {
    Markup page = new Markup();
    new BoundSection("What a value costs", results, levels).write(page);
    return page.toString();
  }
}
