package org.vqvae.core;

import java.util.Arrays;

/**
 * How often each code was chosen, over a batch or over a whole data set.
 *
 * <p>With p the share of each code, the perplexity is {@code exp(-sum p ln p)}: the number of codes
 * that would be as hard to guess if all were equally likely. Its value depends on how many codes
 * were counted: it cannot exceed {@link #total()}, so figures over different numbers of codes do
 * not compare.
 */
public final class CodeUsage {
  private final long[] counts;
  private long total;

  public CodeUsage(int codebookSize) {
    counts = new long[codebookSize];
  }

  /** The usage of these codes alone. */
  public static CodeUsage of(int codebookSize, int... codes) {
    CodeUsage usage = new CodeUsage(codebookSize);
    usage.add(codes);
    return usage;
  }

  /** Counts these codes too. */
  public void add(int... codes) {
    for (int code : codes) {
      counts[code]++;
    }
    total += codes.length;
  }

  public int codebookSize() {
    return counts.length;
  }

  /** How many codes were counted. */
  public long total() {
    return total;
  }

  /** How often each code was chosen; a copy. */
  public long[] counts() {
    return counts.clone();
  }

  /** How many different codes were chosen. */
  public int used() {
    return (int) Arrays.stream(counts).filter(count -> count > 0).count();
  }

  /**
   * The entropy of the codes' frequencies in nats per code: what they cost when coded one by one.
   */
  public double entropy() {
    double sum = 0;
    for (long count : counts) {
      double p = share(count);
      sum -= p > 0 ? p * Math.log(p) : 0;
    }
    return sum;
  }

  /** Perplexity, between 1 and the number of codes in use. */
  public double perplexity() {
    return Math.exp(entropy());
  }

  /**
   * Perplexity in the form that Sonnet and its ports log for each batch: {@code exp(-sum p ln(p +
   * 1e-10))}. A single code gives .9999999999, below 1.
   */
  public double batchPerplexity() {
    double sum = 0;
    for (long count : counts) {
      double p = share(count);
      sum -= p * Math.log(p + 1e-10);
    }
    return Math.exp(sum);
  }

  private double share(long count) {
    if (total == 0) {
      throw new IllegalStateException("no codes were counted, so their usage has no perplexity");
    }
    return (double) count / total;
  }
}
