package org.vqvae.priors;

import java.util.Arrays;

/**
 * What the gates of a WaveNet are conditioned on while codes are drawn: the features of a position,
 * then the one-hot class.
 *
 * @param features {@code [N, positions, width]}, empty if the width is 0
 * @param labels of N examples, empty without classes
 */
record WaveNetConditions(float[] features, int width, int positions, int[] labels, int classes) {

  /** Whether there is nothing to be conditioned on. */
  boolean isEmpty() {
    return width + classes == 0;
  }

  /** Whether they change from position to position. */
  boolean change() {
    return width > 0;
  }

  /** c at a position of the examples {@code from} to {@code to} (exclusive). */
  float[][] at(int position, int from, int to) {
    float[][] rows = new float[to - from][];
    Arrays.setAll(rows, i -> at(position, from + i));
    return rows;
  }

  private float[] at(int position, int example) {
    float[] row = new float[width + classes];
    if (width > 0) {
      System.arraycopy(features, (example * positions + position) * width, row, 0, width);
    }
    if (classes > 0) {
      row[width + labels[example]] = 1;
    }
    return row;
  }
}
