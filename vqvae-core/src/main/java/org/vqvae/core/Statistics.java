package org.vqvae.core;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a bottleneck learned from some examples, in a form that adds: statistics of parts of a
 * batch, added in the order of the parts, are those of the whole batch.
 *
 * <p>Sums add element by element, in double precision. Rows, such as latents that a dead code may
 * restart from, are concatenated. A bottleneck made of several has one part for each.
 */
public final class Statistics {
  /** Nothing was learned. */
  public static final Statistics NONE = new Statistics(new double[0], new float[0], List.of());

  private final double[] sums;
  private final float[] rows;
  private final List<Statistics> parts;

  private Statistics(double[] sums, float[] rows, List<Statistics> parts) {
    this.sums = sums;
    this.rows = rows;
    this.parts = List.copyOf(parts);
  }

  /** Sums alone; not copied. */
  public static Statistics of(double[] sums) {
    return new Statistics(sums, NONE.rows, List.of());
  }

  /** Sums and rows; neither is copied. */
  public static Statistics of(double[] sums, float[] rows) {
    return new Statistics(sums, rows, List.of());
  }

  /** The statistics of the parts of a bottleneck that is made of several. */
  public static Statistics of(List<Statistics> parts) {
    return new Statistics(NONE.sums, NONE.rows, parts);
  }

  /** What adds element by element; not a copy. */
  public double[] sums() {
    return sums;
  }

  /** What is concatenated; not a copy. */
  public float[] rows() {
    return rows;
  }

  /** The statistics of one part, {@link #NONE} if there are none of it. */
  public Statistics part(int index) {
    return index < parts.size() ? parts.get(index) : NONE;
  }

  /** Whether there is nothing to learn from. */
  public boolean isEmpty() {
    return sums.length == 0 && rows.length == 0 && parts.stream().allMatch(Statistics::isEmpty);
  }

  /** The statistics of both, this one's examples first. */
  public Statistics plus(Statistics other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    double[] added = sums.clone();
    Arrays.setAll(added, i -> sums[i] + other.sums[i]);
    float[] all = Arrays.copyOf(rows, rows.length + other.rows.length);
    System.arraycopy(other.rows, 0, all, rows.length, other.rows.length);
    List<Statistics> both =
        IntStream.range(0, Math.max(parts.size(), other.parts.size()))
            .mapToObj(i -> part(i).plus(other.part(i)))
            .toList();
    return new Statistics(added, all, both);
  }
}
