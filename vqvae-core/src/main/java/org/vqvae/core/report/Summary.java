package org.vqvae.core.report;

import static org.vqvae.core.report.Figures.decimals;
import static org.vqvae.core.report.Figures.percent;
import static org.vqvae.core.report.Figures.whole;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vqvae.core.report.ReportHeader.Tile;

/** What results say in short. */
public final class Summary {
  private final Results results;
  private final Baselines baselines;
  private final Optional<Exhibits> medium;

  /**
   * The priors that a prior must beat.
   *
   * @param contextFree names of all priors that ignore the other codes of an example
   * @param compared the name of the one that the others are compared with
   */
  public record Baselines(Set<String> contextFree, Optional<String> compared) {
    /** There are none. */
    public static final Baselines NONE = new Baselines(Set.of(), Optional.empty());

    public Baselines {
      contextFree = Set.copyOf(contextFree);
    }
  }

  /**
   * A summary.
   *
   * @param medium what says how good reconstructions of this medium are, if a module has one
   */
  public Summary(Results results, Baselines baselines, Optional<Exhibits> medium) {
    this.results = results;
    this.baselines = baselines;
    this.medium = medium;
  }

  /** What came out, in a few sentences; worse than the baseline is stated as plainly as better. */
  public String verdict() {
    List<String> parts = new ArrayList<>();
    ofMedium().or(this::reconstructions).ifPresent(parts::add);
    latents().ifPresent(parts::add);
    probes().ifPresent(parts::add);
    best().map(this::costs).ifPresent(parts::add);
    return parts.isEmpty() ? "Nothing has been measured yet." : String.join(". ", parts) + ".";
  }

  /** The figures to see first, of those that were measured. */
  public List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>();
    List<Tile> own = medium.map(it -> it.tiles(results)).orElse(List.of());
    tiles.addAll(own);
    if (own.isEmpty()) {
      number(ResultKeys.TEST_NMSE)
          .map(x -> new Tile("MSE / variance", Figures.format(x), "test set; 0 is perfect"))
          .ifPresent(tiles::add);
    }
    perplexity().ifPresent(tiles::add);
    tiles.addAll(latentFigures());
    best()
        .map(prior -> new Tile("Bits per code", bits(prior), prior + unlessBaseline(prior)))
        .ifPresent(tiles::add);
    if (own.isEmpty()) {
      bound().ifPresent(tiles::add);
    }
    number(ResultKeys.TIME_TOTAL)
        .map(x -> new Tile("Time", Figures.duration(x), "the whole run"))
        .ifPresent(tiles::add);
    return tiles;
  }

  /**
   * The prior with the fewest bits per code: of those that see the codes before it, if there are
   * any.
   */
  public Optional<String> best() {
    Comparator<String> fewest = Comparator.comparingDouble(this::bitsPerCode);
    return results.priors().stream()
        .filter(prior -> !baselines.contextFree().contains(prior))
        .min(fewest)
        .or(() -> results.priors().stream().min(fewest));
  }

  private Optional<String> ofMedium() {
    return medium
        .flatMap(it -> it.verdict(results))
        .map(verdict -> verdict + usage("; ", " are in use"));
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

  /** What latents without codes cost, and the figures of their bottleneck. */
  private Optional<String> latents() {
    return number(ResultKeys.LATENTS_RATE)
        .map(
            rate ->
                "The latents cost "
                    + decimals(rate, 2)
                    + " bits per dim"
                    + latentFigures().stream()
                        .map(
                            tile ->
                                "; " + tile.label().toLowerCase(Locale.ROOT) + ": " + tile.value())
                        .collect(Collectors.joining()));
  }

  private List<Tile> latentFigures() {
    List<Tile> tiles = new ArrayList<>();
    for (String figure : results.names(ResultKeys.TEST_LATENTS)) {
      String label =
          figure.substring(0, 1).toUpperCase(Locale.ROOT) + figure.substring(1).replace('-', ' ');
      number(ResultKeys.TEST_LATENTS.of(figure))
          .map(x -> new Tile(label, Figures.format(x), "latents of the test set"))
          .ifPresent(tiles::add);
    }
    return tiles;
  }

  private Optional<Tile> bound() {
    return best()
        .flatMap(prior -> number(ResultKeys.BOUND_TOTAL.of(prior)))
        .map(x -> new Tile("Bits per dim", decimals(x, 2), "upper bound, rate + distortion"))
        .or(
            () ->
                number(ResultKeys.LATENTS_TOTAL)
                    .map(x -> new Tile("Bits per dim", decimals(x, 2), "negative ELBO")));
  }

  /** Of one codebook its perplexity; of several the least and the largest. */
  private Optional<Tile> perplexity() {
    List<Double> all = perCodebook(ResultKeys.CODEBOOK_PERPLEXITY);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<Double> sizes = perCodebook(ResultKeys.CODEBOOK_SIZE);
    String least = decimals(all.stream().min(Comparator.naturalOrder()).orElseThrow(), 0);
    String most = decimals(all.stream().max(Comparator.naturalOrder()).orElseThrow(), 0);
    return Optional.of(
        all.size() == 1
            ? new Tile("Perplexity", most, "whole test set, of " + whole(sizes.get(0).longValue()))
            : new Tile(
                "Perplexity",
                least.equals(most) ? most : least + " to " + most,
                "whole test set, of %d codebooks".formatted(all.size())));
  }

  /** What the codes tell of several fields; of one field alone there is nothing to compare. */
  private Optional<String> probes() {
    List<String> recognised = new ArrayList<>();
    for (String field : results.fields()) {
      number(ResultKeys.PROBE_ACCURACY.of(field))
          .map(share -> field + " " + percent(share) + chance(field))
          .ifPresent(recognised::add);
    }
    return recognised.size() < 2
        ? Optional.empty()
        : Optional.of("A linear probe recognises from the codes: " + String.join(", ", recognised));
  }

  private String chance(String field) {
    return number(ResultKeys.PROBE_CHANCE.of(field))
        .map(chance -> " (chance " + percent(chance) + ")")
        .orElse("");
  }

  /** How many codes are in use; of several codebooks the sum. */
  private String usage(String before, String after) {
    List<Double> used = perCodebook(ResultKeys.CODEBOOK_USED);
    List<Double> sizes = perCodebook(ResultKeys.CODEBOOK_SIZE);
    return used.isEmpty()
        ? ""
        : before
            + whole(sum(used))
            + " of "
            + whole(sum(sizes))
            + " codes"
            + (sizes.size() == 1 ? "" : " in " + sizes.size() + " codebooks")
            + after;
  }

  private List<Double> perCodebook(ResultKey key) {
    return results.codebooks().stream().flatMap(name -> number(key.of(name)).stream()).toList();
  }

  private static long sum(List<Double> counts) {
    return counts.stream().mapToLong(Double::longValue).sum();
  }

  private String costs(String prior) {
    return "The " + prior + " prior needs " + bits(prior) + " bits per code" + comparison(prior);
  }

  private String comparison(String prior) {
    return comparedWith(prior)
        .map(
            baseline -> {
              double saved = 1 - bitsPerCode(prior) / bitsPerCode(baseline);
              return ", %s %s than %s (%s)"
                  .formatted(
                      percent(Math.abs(saved)),
                      saved < 0 ? "more" : "fewer",
                      baseline,
                      bits(baseline));
            })
        .orElse("");
  }

  private String unlessBaseline(String prior) {
    return comparedWith(prior).map(baseline -> "; " + baseline + " " + bits(baseline)).orElse("");
  }

  private Optional<String> comparedWith(String prior) {
    return baselines
        .compared()
        .filter(baseline -> !baseline.equals(prior) && results.priors().contains(baseline));
  }

  private String bits(String prior) {
    return decimals(bitsPerCode(prior), 2);
  }

  private double bitsPerCode(String prior) {
    return results.number(ResultKeys.PRIOR_BITS.of(prior)).orElseThrow();
  }

  private Optional<Double> number(ResultKey key) {
    return results.number(key).stream().boxed().findFirst();
  }
}
