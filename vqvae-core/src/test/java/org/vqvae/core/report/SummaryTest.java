package org.vqvae.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {

  @Test
  void says_in_a_sentence_what_came_out() {
    assertThat(new Summary(FakeRun.results()).verdict())
        .isEqualTo(
            "Reconstructions miss 3.3 % of the data's variance and use 446 of 512 codes. The"
                + " pixelcnn prior needs 4.91 bits per code, 40 % fewer than unigram (8.17).");
  }

  @Test
  void says_plainly_that_no_prior_beat_the_baseline() {
    // GIVEN
    Results results =
        Results.empty()
            .with(ResultKeys.PRIOR_BITS.of("unigram"), 8)
            .with(ResultKeys.PRIOR_BITS.of("pixelcnn"), 8.4);

    // THEN
    assertThat(new Summary(results).verdict())
        .isEqualTo("The pixelcnn prior needs 8.40 bits per code, 5.0 % more than unigram (8.00).");
  }

  @Test
  void says_so_when_there_is_nothing_to_say() {
    assertThat(new Summary(Results.empty()).verdict()).isEqualTo("Nothing has been measured yet.");
    assertThat(new Summary(Results.empty()).tiles()).isEmpty();
  }

  @Test
  void shows_first_what_matters_most() {
    assertThat(new Summary(FakeRun.results()).tiles())
        .extracting(tile -> tile.label() + " " + tile.value())
        .containsExactly(
            "MSE / variance 0.03341",
            "Perplexity 287",
            "Bits per code 4.91",
            "Bits per dim 6.26",
            "Time 4 min 29 s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "512 | 512",
        "10000 | 10,000",
        "0.056134 | 0.05613",
        "326.44 | 326.4",
        "-1.2734 | -1.273",
        "0.25 | 0.2500",
        "0.05 | 0.05000",
        "0.00999999 | 0.01000",
        "9999.6 | 10,000",
        "12345.6 | 12,350",
        "0.00001234 | 1.234e-05",
        "NaN | not a number",
        "-Infinity | -infinite"
      })
  void writes_numbers_with_four_significant_digits(double value, String text) {
    assertThat(Figures.format(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.4, 0 s",
    "59.4, 59 s",
    "59.6, 1 min 00 s",
    "269, 4 min 29 s",
    "7500, 2 h 05 min",
    "NaN, unknown"
  })
  void writes_lengths_of_time(double seconds, String text) {
    assertThat(Figures.duration(seconds)).isEqualTo(text);
  }
}
