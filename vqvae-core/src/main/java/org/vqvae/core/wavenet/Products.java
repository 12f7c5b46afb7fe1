package org.vqvae.core.wavenet;

/**
 * Small matrix products in plain Java. Each array is indexed by the loop's counter alone: that is
 * the form of loop that the compiler turns into vector instructions.
 */
final class Products {
  private static final int ROWS = 4;

  private Products() {}

  /**
   * {@code y += x W} for every example; a few rows of the weights serve all examples before the
   * next ones are read.
   *
   * @param x {@code [examples][rows]}
   * @param w {@code [rows][columns]}
   * @param y {@code [examples][columns]}
   */
  static void add(float[][] x, float[][] w, float[][] y) {
    int row = 0;
    for (; row + ROWS <= w.length; row += ROWS) {
      for (int n = 0; n < x.length; n++) {
        addRows(x[n], row, w, y[n]);
      }
    }
    for (; row < w.length; row++) {
      for (int n = 0; n < x.length; n++) {
        addRow(x[n][row], w[row], y[n]);
      }
    }
  }

  private static void addRows(float[] x, int row, float[][] w, float[] y) {
    addRows(
        x[row], w[row], x[row + 1], w[row + 1], x[row + 2], w[row + 2], x[row + 3], w[row + 3], y);
  }

  private static void addRows(
      float x0,
      float[] w0,
      float x1,
      float[] w1,
      float x2,
      float[] w2,
      float x3,
      float[] w3,
      float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] += x0 * w0[j] + x1 * w1[j] + x2 * w2[j] + x3 * w3[j];
    }
  }

  private static void addRow(float x, float[] w, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] += x * w[j];
    }
  }
}
