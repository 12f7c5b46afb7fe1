package org.vqvae.image.data;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;

/**
 * A sign that {@link GlyphsDataset} draws: its outline in the square -1...+1, y downwards.
 *
 * <p>The outlines are written here rather than taken from a font, as every machine has other fonts.
 */
enum Glyph {
  A("A", "M -.75 1 L 0 -1 L .75 1 M -.46 .35 L .46 .35"),
  K("K", "M -.6 -1 L -.6 1 M .65 -1 L -.6 .2 M -.12 -.25 L .7 1"),
  R("R", "M -.6 1 L -.6 -1 L 0 -1 C .8 -1 .8 .1 0 .1 L -.6 .1 M 0 .1 L .68 1"),
  S(
      "S",
      "M .62 -.62 C .35 -1.15 -.68 -1.12 -.66 -.5 C -.64 .08 .68 -.1 .68 .5 C .68 1.12 -.42 1.15"
          + " -.68 .58"),
  TWO("2", "M -.6 -.5 C -.6 -1.17 .62 -1.2 .62 -.5 C .62 0 -.2 .45 -.65 1 L .7 1"),
  FOUR("4", "M .3 1 L .3 -1 L -.7 .4 L .75 .4"),
  EIGHT(
      "8",
      "M 0 -.08 C -.66 -.08 -.66 -1 0 -1 C .66 -1 .66 -.08 0 -.08 C -.86 -.08 -.86 1 0 1 C .86 1"
          + " .86 -.08 0 -.08 Z"),
  HEART(
      "heart",
      "M 0 1 C -1.4 .05 -1.1 -.95 -.5 -.92 C -.2 -.9 0 -.65 0 -.45"
          + " C 0 -.65 .2 -.9 .5 -.92 C 1.1 -.95 1.4 .05 0 1 Z"),
  STAR(
      "star",
      "M 0 -1 L .247 -.34 L .951 -.309 L .4 .13 L .588 .809 L 0 .42"
          + " L -.588 .809 L -.4 .13 L -.951 -.309 L -.247 -.34 Z"),
  MOON("moon", "M .5 -.95 C -1.25 -1.15 -1.25 1.15 .5 .95 C -.3 .6 -.3 -.6 .5 -.95 Z");

  private final String label;
  private final Path2D path;

  Glyph(String label, String path) {
    this.label = label;
    this.path = parse(path);
  }

  /** The names of all classes, in the order of their labels. */
  static List<String> classes() {
    return Arrays.stream(values()).map(glyph -> glyph.label).toList();
  }

  /**
   * Draws this glyph: signs are lines of that width, symbols are filled and rounded by a thinner
   * line.
   */
  void draw(Graphics2D graphics, double strokeWidth) {
    graphics.setStroke(stroke(isFilled() ? strokeWidth / 2 : strokeWidth));
    graphics.draw(path);
    if (isFilled()) {
      graphics.fill(path);
    }
  }

  private boolean isFilled() {
    return this == HEART || this == STAR || this == MOON;
  }

  private static BasicStroke stroke(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  private static Path2D parse(String text) {
    Path2D path = new Path2D.Double();
    try (Scanner in = new Scanner(text).useLocale(Locale.ROOT)) {
      while (in.hasNext()) {
        switch (in.next()) {
          case "M" -> path.moveTo(number(in), number(in));
          case "L" -> path.lineTo(number(in), number(in));
          case "C" ->
              path.curveTo(number(in), number(in), number(in), number(in), number(in), number(in));
          case "Z" -> path.closePath();
          default -> throw new IllegalArgumentException("not a path: " + text);
        }
      }
    }
    return path;
  }

  private static double number(Scanner in) {
    return Double.parseDouble(in.next());
  }
}
