package org.vqvae.audio.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.core.report.Summary;

class SoundSummaryTest {
  private final Results bits =
      Results.empty()
          .with(SoundKeys.BITS_PER_SAMPLE, 2.9)
          .with(SoundKeys.UNIGRAM_BITS, 5.8)
          .with(SoundKeys.BELOW_UNIGRAM, 0.5)
          .with(SoundKeys.MEL_DISTANCE, 6.21)
          .with(ResultKeys.TEST_NMSE, 0.2);

  @Test
  void says_what_a_sample_costs() {
    // Given
    Results results =
        bits.with(ResultKeys.CODES, 32)
            .with(ResultKeys.CODEBOOK_SIZE.of("codes"), 512)
            .with(ResultKeys.CODEBOOK_USED.of("codes"), 446);

    // When
    Summary summary = summary(results);

    // Then
    assertThat(summary.verdict())
        .isEqualTo(
            "With its codes known, a sample costs 2.90 bits, 50 % fewer than without codes and"
                + " context; 446 of 512 codes are in use.");
    assertThat(summary.tiles())
        .extracting(tile -> tile.label() + " " + tile.value() + ", " + tile.note())
        .containsExactly(
            "Bits per sample 2.90, unigram 5.80",
            "Log-mel distance 6.2 dB, reconstructions; 0 is perfect");
  }

  @Test
  void says_as_plainly_that_a_sample_costs_more() {
    assertThat(summary(bits.with(SoundKeys.BELOW_UNIGRAM, -0.1)).verdict())
        .isEqualTo(
            "With its latents known, a sample costs 2.90 bits, 10 % more than without latents and"
                + " context.");
  }

  @Test
  void leaves_it_to_core_where_bits_do_not_compare() {
    Results results =
        Results.empty().with(SoundKeys.MEL_DISTANCE, 6.21).with(ResultKeys.TEST_NMSE, 0.2);
    assertThat(summary(results).verdict())
        .isEqualTo("Reconstructions miss 20 % of the data's variance.");
    assertThat(summary(results).tiles())
        .extracting(tile -> tile.label())
        .containsExactly("MSE / variance");
  }

  private static Summary summary(Results results) {
    return new Summary(results, Summary.Baselines.NONE, Optional.of(new SoundExhibits()));
  }
}
