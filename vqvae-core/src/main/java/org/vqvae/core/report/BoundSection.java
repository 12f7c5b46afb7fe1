package org.vqvae.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one value of the data costs under each prior: rate and distortion, as numbers and as bars.
 * Without codes there is one row, that of the latents' own prior, or none.
 *
 * @param levels of the data that lie in an interval of length 1, see {@link Bound#levels}
 */
public record BoundSection(String title, Results results, int levels) implements ReportSection {
  private static final int BAR = 200;
  private static final int THICK = 14;

  @Override
  public void write(Markup page) {
    page.leaf("p", note(), "class", "note");
    if (rows().isEmpty()) {
      page.leaf("p", distortionAlone());
      return;
    }
    page.open("div", "class", "wide").open("table", "class", "bound");
    writeHead(page);
    page.open("tbody");
    double longest = rows().stream().mapToDouble(this::total).max().orElse(1);
    rows().forEach(prior -> writeRow(page, prior, longest));
    page.close().close().close();
    page.open("p", "class", "legends");
    legend(page, "c1", "distortion: the data, given the latents");
    legend(page, "c2", "rate: the latents");
    page.close();
  }

  private void writeHead(Markup page) {
    page.open("thead").open("tr");
    head(page, "Prior", "");
    if (hasCodes()) {
      head(page, "Bits per code", "number");
    }
    baseline().ifPresent(name -> head(page, "Under " + name, "number"));
    head(page, "Rate", "number");
    head(page, "Distortion", "number");
    head(page, "Bits per dim", "number");
    head(page, "Terms", "");
    page.close().close();
  }

  private static void head(Markup page, String text, String kind) {
    page.leaf("th", text, "scope", "col", "class", kind);
  }

  private void writeRow(Markup page, String prior, double longest) {
    page.open("tr").leaf("th", prior, "scope", "row");
    if (hasCodes()) {
      cell(page, results.number(ResultKeys.PRIOR_BITS.of(prior)), 2);
    }
    if (baseline().isPresent()) {
      OptionalDouble saved = results.number(ResultKeys.PRIOR_BELOW_BASELINE.of(prior));
      page.leaf(
          "td", saved.isPresent() ? Figures.percent(saved.getAsDouble()) : "–", "class", "number");
    }
    cell(page, results.number(ResultKeys.BOUND_RATE.of(prior)), 3);
    cell(page, results.number(ResultKeys.BOUND_DISTORTION), 3);
    cell(page, results.number(ResultKeys.BOUND_TOTAL.of(prior)), 3);
    page.open("td", "class", "bar");
    if (total(prior) > 0) {
      writeBar(page, prior, BAR / longest);
    }
    page.close().close().line();
  }

  private void writeBar(Markup page, String prior, double unit) {
    double distortion = Math.max(0, results.number(ResultKeys.BOUND_DISTORTION).orElse(0)) * unit;
    double rate = results.number(ResultKeys.BOUND_RATE.of(prior)).orElse(0) * unit;
    page.open(
        "svg", "viewBox", "0 0 " + BAR + " " + THICK, "class", "stack", "aria-hidden", "true");
    rectangle(page, "area c1", 0, distortion);
    rectangle(page, "area c2", distortion + 1, rate);
    page.close();
  }

  private static void rectangle(Markup page, String kind, double from, double length) {
    String width = Plot.number(length);
    page.empty(
        "rect",
        "class",
        kind,
        "x",
        Plot.number(from),
        "y",
        "0",
        "width",
        width,
        "height",
        "" + THICK);
  }

  /** The priors, and the latents' own if there is one. */
  private List<String> rows() {
    List<String> rows = new ArrayList<>(results.priors());
    if (results.number(ResultKeys.LATENTS_RATE).isPresent()) {
      rows.add(Evidence.LATENTS);
    }
    return rows;
  }

  private boolean hasCodes() {
    return !results.priors().isEmpty();
  }

  /** The prior that others are compared with, if there are others. */
  private Optional<String> baseline() {
    return results.text(ResultKeys.BASELINE).filter(results.priors()::contains);
  }

  private double total(String prior) {
    double total = results.number(ResultKeys.BOUND_TOTAL.of(prior)).orElse(0);
    return Double.isFinite(total) ? total : 0;
  }

  private String note() {
    String rate =
        results.number(ResultKeys.LATENTS_RATE).isPresent()
            ? "−log₂ p(x) ≤ −log₂ p(x|z) + KL(q(z|x) ‖ p(z)) / ln 2, in bits per dim: the negative"
                + " ELBO. Rate = nats of the KL divergence / ln 2, per value."
            : "−log₂ p(x) ≤ −log₂ p(x|z) − log₂ p(z), in bits per dim. Rate = bits of all codes /"
                + " values of an example.";
    return "An upper bound on the bits of one value of the test set, " + rate + distortion();
  }

  private String distortion() {
    if (levels == 1) {
      return " Distortion = nats per value / ln 2 of the decoder's likelihood, which is one of"
          + " levels, not a density.";
    }
    return " Distortion = (nats per value + ln %,d) / ln 2 of the decoder's likelihood%s; ln %,d turns its density into the probability of one of the data's levels, which lie 1/%,d apart."
        .formatted(levels, figures(), levels, levels);
  }

  /** What is known of the likelihood, such as {@code , here with variance 0.01}. */
  private String figures() {
    List<String> known = new ArrayList<>();
    for (String figure : results.names(ResultKeys.TEST_LIKELIHOOD)) {
      double value = results.number(ResultKeys.TEST_LIKELIHOOD.of(figure)).orElse(Double.NaN);
      known.add(figure.replace('-', ' ') + " " + Figures.format(value));
    }
    return known.isEmpty() ? "" : ", here with " + String.join(", ", known);
  }

  private String distortionAlone() {
    OptionalDouble distortion = results.number(ResultKeys.BOUND_DISTORTION);
    return "No prior was fitted, so the rate is not known."
        + (distortion.isPresent()
            ? " The distortion alone is "
                + Figures.decimals(distortion.getAsDouble(), 3)
                + " bits per dim."
            : "");
  }

  private static void cell(Markup page, OptionalDouble value, int decimals) {
    String text = value.isPresent() ? Figures.decimals(value.getAsDouble(), decimals) : "–";
    page.leaf("td", text, "class", "number");
  }

  private static void legend(Markup page, String colour, String text) {
    page.open("span", "class", "legend").leaf("i", "", "class", "key " + colour).text(text).close();
  }
}
