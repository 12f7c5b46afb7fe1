package org.vqvae.core.bench;

import java.util.Arrays;

/**
 * How long the runs of one figure took.
 *
 * @param runs how many there were
 * @param minimum of a run, in milliseconds
 * @param median the middle one, or the mean of the middle two
 * @param maximum of a run
 * @param collections how often the garbage collector stopped the runs
 */
record Timing(int runs, double minimum, double median, double maximum, long collections) {
  private static final double NANOS = 1e6;

  /**
   * The statistics of some runs.
   *
   * @param nanos one duration for each run, at least one
   */
  static Timing of(long[] nanos, long collections) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("no runs, so there is no statistic of them");
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
    return new Timing(n, sorted[0] / NANOS, median / NANOS, sorted[n - 1] / NANOS, collections);
  }
}
