package org.vqvae.core.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What one value of the data costs under each prior: rate and distortion, as numbers and as bars.
 *
 * @param levels of the data that lie in an interval of length 1, see {@link Bound#levels}
 */
public record BoundSection(String title, Results results, int levels) implements ReportSection {
  private static final int BAR = 200;
  private static final int THICK = 14;

  @Override
  public void write(Markup page) {
    page.leaf("p", note(), "class", "note")
        .open("div", "class", "wide")
        .open("table", "class", "bound");
    page.open("thead").open("tr");
    for (String head :
        List.of(
            "Prior",
            "Bits per code",
            "Under unigram",
            "Rate",
            "Distortion",
            "Bits per dim",
            "Terms")) {
      page.leaf(
          "th",
          head,
          "scope",
          "col",
          "class",
          head.equals("Prior") || head.equals("Terms") ? "" : "number");
    }
    page.close().close().open("tbody");
    double longest = results.priors().stream().mapToDouble(this::total).max().orElse(1);
    results.priors().forEach(prior -> writeRow(page, prior, longest));
    page.close().close().close();
    page.open("p", "class", "legends");
    legend(page, "c1", "distortion: the data, given its codes");
    legend(page, "c2", "rate: the codes");
    page.close();
  }

  private void writeRow(Markup page, String prior, double longest) {
    page.open("tr").leaf("th", prior, "scope", "row");
    cell(page, results.number(ResultKeys.PRIOR_BITS.of(prior)), 2);
    OptionalDouble saved = results.number(ResultKeys.PRIOR_BELOW_UNIGRAM.of(prior));
    page.leaf(
        "td", saved.isPresent() ? Figures.percent(saved.getAsDouble()) : "–", "class", "number");
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

  private double total(String prior) {
    double total = results.number(ResultKeys.BOUND_TOTAL.of(prior)).orElse(0);
    return Double.isFinite(total) ? total : 0;
  }

  private String note() {
    String variance =
        results.number(ResultKeys.TEST_VARIANCE).isPresent()
            ? ", here with variance "
                + Figures.format(results.number(ResultKeys.TEST_VARIANCE).getAsDouble())
            : "";
    return "An upper bound on the bits of one value of the test set, −log₂ p(x) ≤ −log₂ p(x|z) −"
        + " log₂ p(z), in bits per dim. Rate = bits per code × codes / values of an example."
        + distortion(variance);
  }

  private String distortion(String variance) {
    if (levels == 1) {
      return " Distortion = nats per value / ln 2 of the decoder's likelihood, which is one of"
          + " levels, not a density.";
    }
    return " Distortion = (nats per value + ln %,d) / ln 2 of the decoder's likelihood%s; ln %,d turns its density into the probability of one of the data's levels, which lie 1/%,d apart."
        .formatted(levels, variance, levels, levels);
  }

  private static void cell(Markup page, OptionalDouble value, int decimals) {
    String text = value.isPresent() ? Figures.decimals(value.getAsDouble(), decimals) : "–";
    page.leaf("td", text, "class", "number");
  }

  private static void legend(Markup page, String colour, String text) {
    page.open("span", "class", "legend").leaf("i", "", "class", "key " + colour).text(text).close();
  }
}
