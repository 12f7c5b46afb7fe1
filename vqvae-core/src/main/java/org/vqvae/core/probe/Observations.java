package org.vqvae.core.probe;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;

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
   * Histograms of codes: each codebook of each map has a feature for every entry, its share among
   * the codes of that codebook of an example.
   *
   * @param labels one for each example; not copied
   */
  public static Observations histograms(Codes codes, int[] labels) {
    if (codes.examples() != labels.length) {
      throw new IllegalArgumentException(
          "codes of %d examples do not fit %d labels".formatted(codes.examples(), labels.length));
    }
    double[] shares = new double[features(codes.shape())];
    int[][] columns = new int[labels.length][];
    double[][] values = new double[labels.length][];
    for (int i = 0; i < labels.length; i++) {
      Arrays.fill(shares, 0);
      addShares(codes.examples(i, i + 1), shares);
      columns[i] = IntStream.range(0, shares.length).filter(code -> shares[code] > 0).toArray();
      values[i] = IntStream.of(columns[i]).mapToDouble(code -> shares[code]).toArray();
    }
    return new Observations(shares.length, columns, values, labels);
  }

  private static int features(CodeShape shape) {
    return shape.maps().stream()
        .flatMap(map -> map.codebookSizes().stream())
        .reduce(0, Math::addExact);
  }

  private static void addShares(Codes example, double[] shares) {
    int first = 0;
    for (int m = 0; m < example.shape().maps().size(); m++) {
      CodeMap map = example.shape().map(m);
      for (int q = 0; q < map.depth(); q++) {
        for (int code : example.ofCodebook(m, q)) {
          shares[first + code]++;
        }
        int end = first + map.codebookSizes().get(q);
        for (int feature = first; feature < end; feature++) {
          shares[feature] /= map.positions();
        }
        first = end;
      }
    }
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
