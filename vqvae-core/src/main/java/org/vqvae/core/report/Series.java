package org.vqvae.core.report;

import java.util.Arrays;

/**
 * A curve of a chart.
 *
 * @param name what it is, for the legend
 * @param x increasing, such as steps
 * @param y one value for each x; the curve has a gap where it is not finite
 */
public record Series(String name, double[] x, double[] y) {

  public Series {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "curve " + name + " has " + x.length + " x but " + y.length + " y");
    }
    x = x.clone();
    y = y.clone();
  }

  @Override
  public double[] x() {
    return x.clone();
  }

  @Override
  public double[] y() {
    return y.clone();
  }

  /** A level straight across, such as what another method reaches. */
  public static Series level(String name, double from, double to, double level) {
    return new Series(name, new double[] {from, to}, new double[] {level, level});
  }

  /** The last finite value, NaN if there is none. */
  double last() {
    for (int i = y.length - 1; i >= 0; i--) {
      if (Double.isFinite(y[i])) {
        return y[i];
      }
    }
    return Double.NaN;
  }

  /** At most that many points: each the mean of as many neighbours as it takes. */
  Series thinned(int points) {
    int run = (x.length + points - 1) / points;
    if (run <= 1) {
      return this;
    }
    int size = (x.length + run - 1) / run;
    double[] meanX = new double[size];
    double[] meanY = new double[size];
    for (int i = 0; i < size; i++) {
      int end = Math.min(x.length, (i + 1) * run);
      meanX[i] = Arrays.stream(x, i * run, end).average().orElseThrow();
      meanY[i] =
          Arrays.stream(y, i * run, end).filter(Double::isFinite).average().orElse(Double.NaN);
    }
    return new Series(name, meanX, meanY);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Series that
        && name.equals(that.name)
        && Arrays.equals(x, that.x)
        && Arrays.equals(y, that.y);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + Arrays.hashCode(x)) + Arrays.hashCode(y);
  }

  @Override
  public String toString() {
    return "Series[" + name + ", " + x.length + " points]";
  }
}
