package org.vqvae.audio.report;

import static org.vqvae.core.report.Figures.decimals;
import static org.vqvae.core.report.Figures.percent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vqvae.core.report.ReportHeader.Tile;
import org.vqvae.core.report.ResultKey;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;

/** How well sounds are reconstructed, in short: nothing where bits per sample were not measured. */
final class SoundSummary {
  private final Results results;

  SoundSummary(Results results) {
    this.results = results;
  }

  Optional<String> verdict() {
    return number(SoundKeys.BITS_PER_SAMPLE)
        .map(
            bits ->
                "With its %s known, a sample costs %s bits%s"
                    .formatted(latents(), decimals(bits, 2), saved()));
  }

  List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>();
    number(SoundKeys.BITS_PER_SAMPLE)
        .ifPresent(
            bits -> {
              tiles.add(new Tile("Bits per sample", decimals(bits, 2), unigram()));
              number(SoundKeys.MEL_DISTANCE).map(SoundSummary::distance).ifPresent(tiles::add);
            });
    return tiles;
  }

  private static Tile distance(double decibels) {
    return new Tile(
        "Log-mel distance", decimals(decibels, 1) + " dB", "reconstructions; 0 is perfect");
  }

  private String latents() {
    return number(ResultKeys.CODES).isPresent() ? "codes" : "latents";
  }

  /** How much is saved over a model of single samples. */
  private String saved() {
    return number(SoundKeys.BELOW_UNIGRAM)
        .map(
            share ->
                ", %s %s than without %s and context"
                    .formatted(percent(Math.abs(share)), share < 0 ? "more" : "fewer", latents()))
        .orElse("");
  }

  private String unigram() {
    return number(SoundKeys.UNIGRAM_BITS)
        .map(bits -> "unigram " + decimals(bits, 2))
        .orElse("test set");
  }

  private Optional<Double> number(ResultKey key) {
    return results.number(key).stream().boxed().findFirst();
  }
}
