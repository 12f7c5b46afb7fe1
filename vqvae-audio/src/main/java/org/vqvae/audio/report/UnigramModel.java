package org.vqvae.audio.report;

import org.vqvae.audio.data.MuLaw;

/**
 * A model that knows only how often each mu-law level occurs: what a decoder must beat. Every level
 * counts once more than it occurs, so that none is impossible.
 */
final class UnigramModel {
  private static final double LN2 = Math.log(2);

  private final long[] counts = new long[MuLaw.CODES];

  /** Learns from the first {@code count} samples. */
  void add(float[] samples, int count) {
    for (int i = 0; i < count; i++) {
      counts[MuLaw.encode(samples[i])]++;
    }
  }

  /** -log2 p of a sample, in the mean over all that another one has seen. */
  double bitsOf(UnigramModel other) {
    double all = 0;
    double others = 0;
    for (int level = 0; level < counts.length; level++) {
      all += counts[level] + 1;
      others += other.counts[level];
    }
    double bits = 0;
    for (int level = 0; level < counts.length; level++) {
      bits -= other.counts[level] / others * Math.log((counts[level] + 1) / all) / LN2;
    }
    return bits;
  }
}
