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
  void says_of_sound_what_a_sample_costs_and_what_codes_tell() {
    // GIVEN
    Results results =
        FakeRun.results()
            .with(SoundKeys.BITS_PER_SAMPLE, 2.9)
            .with(SoundKeys.UNIGRAM_BITS, 5.8)
            .with(SoundKeys.BELOW_UNIGRAM, 0.5)
            .with(SoundKeys.MEL_DISTANCE, 6.21)
            .with(ResultKeys.PROBE_ACCURACY.of("speaker"), 0.21)
            .with(ResultKeys.PROBE_CHANCE.of("speaker"), 0.17)
            .with(ResultKeys.PROBE_ACCURACY.of("vowel"), 0.9)
            .with(ResultKeys.PROBE_CHANCE.of("vowel"), 0.2);

    // THEN
    assertThat(new Summary(results).verdict())
        .isEqualTo(
            "With its codes known, a sample costs 2.90 bits, 50 % fewer than without codes and"
                + " context; 446 of 512 codes are in use. A linear probe tells from the codes:"
                + " speaker 21 % (chance 17 %), vowel 90 % (chance 20 %). The pixelcnn prior needs"
                + " 4.91 bits per code, 40 % fewer than unigram (8.17).");
    assertThat(new Summary(results).tiles())
        .extracting(tile -> tile.label() + " " + tile.value())
        .containsExactly(
            "Bits per sample 2.90",
            "Log-mel distance 6.2 dB",
            "Perplexity 287",
            "Bits per code 4.91",
            "Time 4 min 29 s");
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
