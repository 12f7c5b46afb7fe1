package org.vqvae.core.report;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * Curves over a common axis, drawn as SVG with a legend that states each curve's last value.
 *
 * @param title what is shown, with its unit
 * @param xLabel the name of the horizontal axis
 * @param scale of the vertical axis
 * @param series at most {@value #MOST} curves, so that their colours can be told apart
 */
public record LineChart(String title, String xLabel, Scale scale, List<Series> series) {
  static final int MOST = 6;
  private static final int POINTS = 250;
  private static final int TICKS = 5;

  /**
   * Curves that begin within this share of the axis begin at the start of it: first measured at
   * step 10, say.
   */
  private static final double START = 0.06;

  public LineChart {
    if (series.size() > MOST) {
      throw new IllegalArgumentException(
          "chart "
              + title
              + " has "
              + series.size()
              + " curves but at most "
              + MOST
              + " can be told apart");
    }
    series = List.copyOf(series);
  }

  /** A figure: title, legend, drawing. */
  public void write(Markup page) {
    page.open("figure", "class", "chart").open("figcaption").leaf("strong", title);
    for (int i = 0; i < series.size(); i++) {
      page.open("span", "class", "legend")
          .leaf("i", "", "class", "key c" + (i + 1))
          .text(series.get(i).name() + " ");
      page.leaf("b", Figures.format(series.get(i).last())).close();
    }
    page.close();
    if (isEmpty()) {
      page.leaf("p", "Nothing was measured.", "class", "note");
    } else {
      draw(page);
    }
    page.close().line();
  }

  private void draw(Markup page) {
    DoubleSummaryStatistics x = new DoubleSummaryStatistics();
    DoubleSummaryStatistics y = new DoubleSummaryStatistics();
    series.forEach(one -> Arrays.stream(one.x()).forEach(x));
    series.forEach(one -> Arrays.stream(one.y()).filter(scale::shows).forEach(y));
    boolean fromStart = x.getMin() > 0 && x.getMin() <= x.getMax() * START;
    Plot plot =
        new Plot(
            fromStart ? 0 : x.getMin(),
            x.getMax(),
            scale.ticks(y.getMin(), y.getMax(), TICKS),
            scale);
    plot.open(page, description(), xLabel);
    for (int i = 0; i < series.size(); i++) {
      page.line()
          .empty(
              "path", "class", "curve c" + (i + 1), "d", path(plot, series.get(i).thinned(POINTS)));
    }
    page.close();
  }

  private String path(Plot plot, Series one) {
    double[] x = one.x();
    double[] y = one.y();
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < x.length; i++) {
      if (!scale.shows(y[i])) {
        drawing = false;
        continue;
      }
      path.append(drawing ? "L" : "M").append(plot.point(x[i], y[i]));
      boolean alone = !drawing && (i + 1 == x.length || !scale.shows(y[i + 1]));
      path.append(alone ? "h0" : ""); // a round line cap makes a dot of it
      drawing = true;
    }
    return path.toString();
  }

  private boolean isEmpty() {
    return series.stream().allMatch(one -> Arrays.stream(one.y()).noneMatch(scale::shows));
  }

  private String description() {
    StringBuilder text = new StringBuilder("Line chart. " + title + " over " + xLabel + ".");
    series.forEach(
        one -> text.append(" %s ends at %s.".formatted(one.name(), Figures.format(one.last()))));
    return text.toString();
  }
}
