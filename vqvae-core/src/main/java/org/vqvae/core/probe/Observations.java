package org.vqvae.core.probe;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Examples as a linear classifier sees them: the features of each, and one thing that is known of
 * it. Features that are 0 are not stored.
 */
public final class Observations {
  private final int features;
  private final int[][] columns;
  private final double[][] values;
  private final int[] labels;

  private Observations(int features, int[][] columns, double[][] values, int[] labels) {
    this.features = features;
    this.columns = columns;
    this.values = values;
    this.labels = labels;
  }

  /**
   * Features that are all stored.
   *
   * @param rows {@code [examples][features]}; not copied
   * @param labels one for each example; not copied
   */
  public static Observations of(double[][] rows, int[] labels) {
    if (labels.length == 0 || rows.length != labels.length) {
      throw new IllegalArgumentException(
          "%d rows of features are not one for each of %d labels"
              .formatted(rows.length, labels.length));
    }
    int[] all = IntStream.range(0, rows[0].length).toArray();
    int[][] columns = new int[rows.length][];
    Arrays.fill(columns, all);
    return new Observations(all.length, columns, rows, labels);
  }

  /**
   * Histograms of codes: feature k is the share of code k among the codes of an example.
   *
   * @param codebookSize K
   * @param positions codes of an example
   * @param codes example after example
   * @param labels one for each example; not copied
   */
  public static Observations histograms(
      int codebookSize, int positions, int[] codes, int[] labels) {
    if (labels.length == 0 || codes.length != Math.multiplyExact(positions, labels.length)) {
      throw new IllegalArgumentException(
          "%d codes are not %d for each of %d examples"
              .formatted(codes.length, positions, labels.length));
    }
    int[][] columns = new int[labels.length][];
    double[][] values = new double[labels.length][];
    for (int i = 0; i < labels.length; i++) {
      double[] counts = new double[codebookSize];
      for (int at = i * positions; at < (i + 1) * positions; at++) {
        counts[codes[at]]++;
      }
      columns[i] = IntStream.range(0, codebookSize).filter(code -> counts[code] > 0).toArray();
      values[i] = IntStream.of(columns[i]).mapToDouble(code -> counts[code] / positions).toArray();
    }
    return new Observations(codebookSize, columns, values, labels);
  }

  public int size() {
    return labels.length;
  }

  int features() {
    return features;
  }

  int label(int example) {
    return labels[example];
  }

  /** Which features of an example are stored. */
  int[] columns(int example) {
    return columns[example];
  }

  /** Those features. */
  double[] values(int example) {
    return values[example];
  }

  /** The label that most examples have, the lowest of several. */
  public int mostFrequent() {
    int[] counts = new int[Arrays.stream(labels).max().orElseThrow() + 1];
    int most = 0;
    for (int label : labels) {
      counts[label]++;
    }
    for (int label = 1; label < counts.length; label++) {
      most = counts[label] > counts[most] ? label : most;
    }
    return most;
  }

  /** The part of the examples that have a label. */
  public double share(int label) {
    return (double) Arrays.stream(labels).filter(each -> each == label).count() / size();
  }
}
