package org.vqvae.core.probe;

import java.util.Arrays;

/**
 * The codes of some examples, and one thing that is known of each.
 *
 * @param codebookSize K
 * @param positions codes of an example
 * @param codes example after example; not copied
 * @param labels one for each example; not copied
 */
public record LabelledCodes(int codebookSize, int positions, int[] codes, int[] labels) {

  public LabelledCodes {
    if (labels.length == 0 || codes.length != Math.multiplyExact(positions, labels.length)) {
      throw new IllegalArgumentException(
          "%d codes are not %d for each of %d examples"
              .formatted(codes.length, positions, labels.length));
    }
  }

  public int size() {
    return labels.length;
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

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelledCodes that
        && codebookSize == that.codebookSize
        && positions == that.positions
        && Arrays.equals(codes, that.codes)
        && Arrays.equals(labels, that.labels);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(codes) + Arrays.hashCode(labels);
  }

  @Override
  public String toString() {
    return "%d examples of %d codes".formatted(size(), positions);
  }
}
