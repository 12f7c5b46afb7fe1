package org.vqvae.core.report;

import static org.vqvae.core.report.Figures.percent;
import static org.vqvae.core.report.Figures.whole;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vqvae.core.report.ReportHeader.Tile;

/** What results say in short. */
public final class Summary {
  private static final String BASELINE = "unigram";
  private static final Set<String> CONTEXT_FREE = Set.of("uniform", BASELINE);

  private final Results results;

  public Summary(Results results) {
    this.results = results;
  }

  /**
   * What came out, in one or two sentences; worse than the baseline is said as plainly as better.
   */
  public String verdict() {
    List<String> parts = new ArrayList<>();
    sound().or(this::reconstructions).ifPresent(parts::add);
    probes().ifPresent(parts::add);
    best()
        .ifPresent(
            prior ->
                parts.add(
                    "The "
                        + prior
                        + " prior needs "
                        + bits(prior)
                        + " bits per code"
                        + comparison(prior)));
    return parts.isEmpty() ? "Nothing has been measured yet." : String.join(". ", parts) + ".";
  }

  /** The figures to see first, of those that were measured. */
  public List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>();
    if (number(SoundKeys.BITS_PER_SAMPLE).isPresent()) {
      addSound(tiles);
    } else {
      number(ResultKeys.TEST_NMSE)
          .ifPresent(
              x ->
                  tiles.add(
                      new Tile("MSE / variance", Figures.format(x), "test set; 0 is perfect")));
    }
    number(ResultKeys.TEST_PERPLEXITY)
        .ifPresent(
            x ->
                tiles.add(
                    new Tile("Perplexity", Figures.decimals(x, 0), "whole test set" + ofCodes())));
    best()
        .ifPresent(
            prior ->
                tiles.add(new Tile("Bits per code", bits(prior), prior + unlessBaseline(prior))));
    best()
        .filter(prior -> number(SoundKeys.BITS_PER_SAMPLE).isEmpty())
        .flatMap(prior -> number(ResultKeys.BOUND_TOTAL.of(prior)))
        .ifPresent(
            x ->
                tiles.add(
                    new Tile(
                        "Bits per dim", Figures.decimals(x, 2), "upper bound, rate + distortion")));
    number(ResultKeys.TIME_TOTAL)
        .ifPresent(x -> tiles.add(new Tile("Time", Figures.duration(x), "the whole run")));
    return tiles;
  }

  private void addSound(List<Tile> tiles) {
    number(SoundKeys.BITS_PER_SAMPLE)
        .ifPresent(
            x ->
                tiles.add(
                    new Tile(
                        "Bits per sample",
                        Figures.decimals(x, 2),
                        number(SoundKeys.UNIGRAM_BITS)
                            .map(bits -> "unigram " + Figures.decimals(bits, 2))
                            .orElse("test set"))));
    number(SoundKeys.MEL_DISTANCE)
        .ifPresent(
            x ->
                tiles.add(
                    new Tile(
                        "Log-mel distance",
                        Figures.decimals(x, 1) + " dB",
                        "reconstructions; 0 is perfect")));
  }

  /**
   * The prior with the fewest bits per code: of those that see the codes before it, if there are
   * any.
   */
  public Optional<String> best() {
    Comparator<String> fewest = Comparator.comparingDouble(this::bitsPerCode);
    return results.priors().stream()
        .filter(prior -> !CONTEXT_FREE.contains(prior))
        .min(fewest)
        .or(() -> results.priors().stream().min(fewest));
  }

  private Optional<String> sound() {
    return number(SoundKeys.BITS_PER_SAMPLE)
        .map(
            bits ->
                "With its codes known, a sample costs "
                    + Figures.decimals(bits, 2)
                    + " bits"
                    + saved()
                    + usage("; ", " are in use"));
  }

  private Optional<String> reconstructions() {
    return number(ResultKeys.TEST_NMSE)
        .map(
            nmse ->
                "Reconstructions miss "
                    + percent(nmse)
                    + " of the data's variance"
                    + usage(" and use ", ""));
  }

  /** How much is saved over a model of single samples. */
  private String saved() {
    return number(SoundKeys.BELOW_UNIGRAM)
        .map(
            share ->
                ", "
                    + percent(Math.abs(share))
                    + (share < 0 ? " more" : " fewer")
                    + " than without codes and context")
        .orElse("");
  }

  /** What the codes tell of several fields; of one field alone there is nothing to compare. */
  private Optional<String> probes() {
    List<String> told = new ArrayList<>();
    for (String field : results.fields()) {
      number(ResultKeys.PROBE_ACCURACY.of(field))
          .ifPresent(
              share ->
                  told.add(
                      field
                          + " "
                          + percent(share)
                          + number(ResultKeys.PROBE_CHANCE.of(field))
                              .map(chance -> " (chance " + percent(chance) + ")")
                              .orElse("")));
    }
    return told.size() < 2
        ? Optional.empty()
        : Optional.of("A linear probe tells from the codes: " + String.join(", ", told));
  }

  private String usage(String before, String after) {
    Optional<Double> used = number(ResultKeys.TEST_CODES_USED);
    Optional<Double> size = number(ResultKeys.CODEBOOK_SIZE);
    return used.isEmpty() || size.isEmpty()
        ? ""
        : before
            + whole(used.get().longValue())
            + " of "
            + whole(size.get().longValue())
            + " codes"
            + after;
  }

  private String comparison(String prior) {
    if (prior.equals(BASELINE) || !results.priors().contains(BASELINE)) {
      return "";
    }
    double saved = 1 - bitsPerCode(prior) / bitsPerCode(BASELINE);
    return ", "
        + percent(Math.abs(saved))
        + (saved < 0 ? " more" : " fewer")
        + " than "
        + BASELINE
        + " ("
        + bits(BASELINE)
        + ")";
  }

  private String unlessBaseline(String prior) {
    return prior.equals(BASELINE) || !results.priors().contains(BASELINE)
        ? ""
        : "; " + BASELINE + " " + bits(BASELINE);
  }

  private String ofCodes() {
    return number(ResultKeys.CODEBOOK_SIZE).map(k -> ", of " + whole(k.longValue())).orElse("");
  }

  private String bits(String prior) {
    return Figures.decimals(bitsPerCode(prior), 2);
  }

  private double bitsPerCode(String prior) {
    return results.number(ResultKeys.PRIOR_BITS.of(prior)).orElseThrow();
  }

  private Optional<Double> number(ResultKey key) {
    return results.number(key).stream().boxed().findFirst();
  }
}
