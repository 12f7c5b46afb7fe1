package org.vqvae.core.report;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How often each code of one codebook is used: the shares from the most used code to the least, and
 * a map of the codebook.
 */
final class UsageCharts {
  private static final String[] STEPS = {
    "unused", "to 1/4", "to 1/2", "to 1", "to 2", "to 4", "more"
  };
  private static final int CELL = 12;

  private final long[] counts;

  /**
   * Charts.
   *
   * @param counts K counts over a whole set; not copied
   */
  UsageCharts(long[] counts) {
    this.counts = counts;
  }

  void write(Markup page) {
    page.open("div", "class", "charts usage");
    writeShares(page);
    writeMap(page);
    page.close();
  }

  private void writeShares(Markup page) {
    double[] shares =
        Arrays.stream(counts).sorted().mapToDouble(count -> 100.0 * count / total()).toArray();
    int k = shares.length;
    Plot plot = new Plot(0, k, Ticks.linear(0, shares[k - 1], 5), Scale.FROM_ZERO);
    page.open("figure", "class", "chart")
        .open("figcaption")
        .leaf("strong", "Share of each code, %");
    legend(page, "key c1", "codes, most used first");
    legend(page, "key c2", "all equal: " + Figures.format(100.0 / k));
    page.close();
    plot.open(page, "Sorted bar chart. " + description(), "codes");
    StringBuilder bars = new StringBuilder("M" + plot.point(0, 0));
    for (int i = 0; i < k; i++) {
      double y = plot.y(shares[k - 1 - i]);
      bars.append("V").append(Plot.number(y)).append("H").append(Plot.number(plot.x(i + 1)));
    }
    page.line()
        .empty("path", "class", "area c1", "d", bars + "V" + Plot.number(plot.bottom()) + "Z");
    String level = "M" + plot.point(0, 100.0 / k) + "L" + plot.point(k, 100.0 / k);
    page.line().empty("path", "class", "curve c2", "d", level).close().close().line();
  }

  private void writeMap(Markup page) {
    int columns = columns(counts.length);
    int rows = (counts.length + columns - 1) / columns;
    page.open("figure", "class", "chart")
        .open("figcaption")
        .leaf("strong", "Map of the codebook, uses over the mean");
    for (int step = 0; step < STEPS.length; step++) {
      legend(page, "key heat h" + step, STEPS[step]);
    }
    page.close();
    String box = "0 0 " + columns * CELL + " " + rows * CELL;
    page.open(
        "svg",
        "viewBox",
        box,
        "class",
        "map",
        "role",
        "img",
        "aria-label",
        "Heat map. " + description());
    for (int step = 0; step < STEPS.length; step++) {
      page.line().empty("path", "class", "heat h" + step, "d", cells(step, columns));
    }
    page.close().close().line();
  }

  /** The squares of all codes of one step, as one path. */
  private String cells(int step, int columns) {
    StringBuilder path = new StringBuilder();
    int side = CELL - 1;
    IntStream.range(0, counts.length)
        .filter(code -> step(counts[code]) == step)
        .forEach(
            code ->
                path.append(
                    "M%d %dh%dv%dh-%dz"
                        .formatted(
                            code % columns * CELL, code / columns * CELL, side, side, side)));
    return path.toString();
  }

  /** 0 for an unused code, else by powers of two of its count over the mean count. */
  private int step(long count) {
    double ratio = (double) count * counts.length / total();
    int step = 1;
    for (double limit = 0.25; step < STEPS.length - 1 && ratio > limit; limit *= 2) {
      step++;
    }
    return count == 0 ? 0 : step;
  }

  /** A power of two that makes the map two to eight times as wide as high. */
  private static int columns(int codes) {
    int columns = 1;
    while (columns < Math.sqrt(2.0 * codes)) {
      columns *= 2;
    }
    return columns;
  }

  private String description() {
    long used = Arrays.stream(counts).filter(count -> count > 0).count();
    return "%s of %s codes in use.".formatted(Figures.whole(used), Figures.whole(counts.length));
  }

  private double total() {
    return Math.max(1, Arrays.stream(counts).sum());
  }

  private static void legend(Markup page, String key, String text) {
    page.open("span", "class", "legend").leaf("i", "", "class", key).text(text).close();
  }
}
