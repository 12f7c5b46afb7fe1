package org.vqvae.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.Medium;
import org.vqvae.core.report.ReportHeader.Tile;

class SummaryTest {

  @Test
  void says_in_a_sentence_what_came_out() {
    assertThat(summary(FakeRun.results()).verdict())
        .isEqualTo(
            "Reconstructions miss 3.3 % of the data's variance and use 446 of 512 codes. The"
                + " pixelcnn prior needs 4.91 bits per code, 40 % fewer than unigram (8.17).");
  }

  @Test
  void says_plainly_that_no_prior_beat_the_baseline() {
    // Given
    Results results =
        Results.empty()
            .with(ResultKeys.PRIOR_BITS.of("unigram"), 8)
            .with(ResultKeys.PRIOR_BITS.of("pixelcnn"), 8.4);

    // Then
    assertThat(summary(results).verdict())
        .isEqualTo("The pixelcnn prior needs 8.40 bits per code, 5.0 % more than unigram (8.00).");
  }

  @Test
  void compares_with_nothing_where_there_is_no_baseline() {
    // Given
    Results results =
        Results.empty()
            .with(ResultKeys.PRIOR_BITS.of("unigram"), 8)
            .with(ResultKeys.PRIOR_BITS.of("pixelcnn"), 8.4);

    // Then no prior is known as one that must be beaten, so the cheapest is the best
    assertThat(new Summary(results, Summary.Baselines.NONE, Optional.empty()).verdict())
        .isEqualTo("The unigram prior needs 8.00 bits per code.");
  }

  @Test
  void lets_the_medium_say_how_good_reconstructions_are() {
    // Given
    Summary summary =
        new Summary(FakeRun.results(), FakeRun.BASELINES, Optional.of(new FakeSeries()));

    // Then
    assertThat(summary.verdict())
        .startsWith("A day costs 3 bits; 446 of 512 codes are in use. The pixelcnn prior");
    assertThat(labels(summary))
        .containsExactly(
            "Bits per day 3", "Perplexity 287", "Bits per code 4.91", "Time 4 min 29 s");
  }

  @Test
  void lists_what_a_probe_recognises_from_the_codes() {
    // Given
    Results results =
        Results.empty()
            .with(ResultKeys.PROBE_ACCURACY.of("speaker"), 0.21)
            .with(ResultKeys.PROBE_CHANCE.of("speaker"), 0.17)
            .with(ResultKeys.PROBE_ACCURACY.of("vowel"), 0.9)
            .with(ResultKeys.PROBE_CHANCE.of("vowel"), 0.2);

    // Then
    assertThat(summary(results).verdict())
        .isEqualTo(
            "A linear probe recognises from the codes: speaker 21 % (chance 17 %), vowel 90 %"
                + " (chance 20 %).");
  }

  @Test
  void adds_up_the_codes_of_several_codebooks() {
    // Given
    Results results =
        Results.empty()
            .with(ResultKeys.TEST_NMSE, 0.1)
            .with(ResultKeys.CODEBOOK_SIZE.of("codes"), 512)
            .with(ResultKeys.CODEBOOK_SIZE.of("codes-2"), 512)
            .with(ResultKeys.CODEBOOK_USED.of("codes"), 500)
            .with(ResultKeys.CODEBOOK_USED.of("codes-2"), 512)
            .with(ResultKeys.CODEBOOK_PERPLEXITY.of("codes"), 300)
            .with(ResultKeys.CODEBOOK_PERPLEXITY.of("codes-2"), 400);

    // Then
    assertThat(summary(results).verdict())
        .isEqualTo(
            "Reconstructions miss 10 % of the data's variance and use 1,012 of 1,024 codes in 2"
                + " codebooks.");
    assertThat(labels(summary(results)))
        .containsExactly("MSE / variance 0.1000", "Perplexity 300 to 400");
  }

  @Test
  void says_of_latents_without_codes_what_they_cost() {
    // Given
    Results results =
        Results.empty()
            .with(ResultKeys.TEST_NMSE, 0.1)
            .with(ResultKeys.TEST_LATENTS.of("active-units"), 12)
            .with(ResultKeys.LATENTS_RATE, 0.314)
            .with(ResultKeys.LATENTS_TOTAL, 3.5);

    // Then
    assertThat(summary(results).verdict())
        .isEqualTo(
            "Reconstructions miss 10 % of the data's variance. The latents cost 0.31 bits per dim;"
                + " active units: 12.");
    assertThat(labels(summary(results)))
        .containsExactly("MSE / variance 0.1000", "Active units 12", "Bits per dim 3.50");
  }

  @Test
  void says_so_when_there_is_nothing_to_say() {
    assertThat(summary(Results.empty()).verdict()).isEqualTo("Nothing has been measured yet.");
    assertThat(summary(Results.empty()).tiles()).isEmpty();
  }

  @Test
  void shows_first_what_matters_most() {
    assertThat(labels(summary(FakeRun.results())))
        .containsExactly(
            "MSE / variance 0.03341",
            "Perplexity 287",
            "Bits per code 4.91",
            "Bits per dim 6.26",
            "Time 4 min 29 s");
  }

  private static Summary summary(Results results) {
    return new Summary(results, FakeRun.BASELINES, Optional.empty());
  }

  private static List<String> labels(Summary summary) {
    return summary.tiles().stream().map(tile -> tile.label() + " " + tile.value()).toList();
  }

  /** A medium that has a verdict and a tile of its own. */
  private record FakeSeries() implements Exhibits {
    @Override
    public Medium medium() {
      return new Medium("series", 100);
    }

    @Override
    public Results measure(Evidence evidence, Results known) {
      return Results.empty();
    }

    @Override
    public List<ReportSection> sections(Evidence evidence, Results results) {
      return List.of();
    }

    @Override
    public ReportSection compared(List<Pair> pairs) {
      return new ChartsSection("Reconstructions", "", List.of());
    }

    @Override
    public Optional<String> verdict(Results results) {
      return Optional.of("A day costs 3 bits");
    }

    @Override
    public List<Tile> tiles(Results results) {
      return List.of(new Tile("Bits per day", "3", ""));
    }
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
