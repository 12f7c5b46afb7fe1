package org.vqvae.core.report;

import java.util.Locale;

/**
 * The frame of a chart: where data lies on the drawing, grid lines, marks and the names of the
 * axes. SVG that scales with the page and takes its colours from the page's style sheet.
 */
final class Plot {
  private static final int WIDTH = 340;
  private static final int HEIGHT = 214;
  private static final int LEFT = 46;
  private static final int RIGHT = 316;
  private static final int TOP = 10;
  private static final int BOTTOM = 172;

  private static final int X_TICKS = 5;

  private final double xFrom;
  private final double xTo;
  private final Ticks yTicks;
  private final Scale scale;

  /** The horizontal axis ends where the data ends, the vertical one with a mark. */
  Plot(double xFrom, double xTo, Ticks yTicks, Scale scale) {
    this.xFrom = xFrom;
    this.xTo = xTo > xFrom ? xTo : xFrom + 1;
    this.yTicks = yTicks;
    this.scale = scale;
  }

  /** Opens the drawing: grid, marks, names; whoever opened it draws and closes it. */
  void open(Markup page, String description, String xLabel) {
    page.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "class",
        "plot",
        "role",
        "img",
        "aria-label",
        description);
    for (int i = 0; i < yTicks.values().size(); i++) {
      double value = yTicks.values().get(i);
      String y = number(y(value));
      String kind = i == 0 ? "axis" : "grid";
      page.line().empty("path", "class", kind, "d", "M" + LEFT + " " + y + "H" + RIGHT);
      page.leaf(
          "text",
          yTicks.labels().get(i),
          "x",
          number(LEFT - 8),
          "y",
          number(y(value) + 4),
          "text-anchor",
          "end");
    }
    Ticks xTicks = Ticks.linear(xFrom, xTo, X_TICKS).within(xFrom, xTo);
    for (int i = 0; i < xTicks.values().size(); i++) {
      String x = number(x(xTicks.values().get(i)));
      page.line().empty("path", "class", "axis", "d", "M" + x + " " + BOTTOM + "v4");
      page.leaf(
          "text",
          xTicks.labels().get(i),
          "x",
          x,
          "y",
          number(BOTTOM + 18),
          "text-anchor",
          "middle");
    }
    String middle = number((LEFT + RIGHT) / 2.0);
    page.line()
        .leaf(
            "text",
            xLabel,
            "class",
            "name",
            "x",
            middle,
            "y",
            number(HEIGHT - 6),
            "text-anchor",
            "middle");
  }

  double x(double value) {
    return LEFT + (value - xFrom) / (xTo - xFrom) * (RIGHT - LEFT);
  }

  double y(double value) {
    double from = scale.position(yTicks.first());
    double share = (scale.position(value) - from) / (scale.position(yTicks.last()) - from);
    return BOTTOM - share * (BOTTOM - TOP);
  }

  /** {@code x y} of a point of the data. */
  String point(double x, double y) {
    return number(x(x)) + " " + number(y(y));
  }

  double bottom() {
    return BOTTOM;
  }

  /** At most one decimal: a tenth of a point is finer than any screen. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
