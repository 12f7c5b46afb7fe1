package org.vqvae.core.report;

import org.vqvae.core.DataSpec;
import org.vqvae.core.Likelihood;

/**
 * The bound on the bits that one value of the data costs: what the codes cost under a prior (rate)
 * and what the decoder's likelihood costs given the codes (distortion).
 *
 * <p>Encoder and quantizer choose z with certainty, so {@code -log p(x) <= -log p(x|z) - log p(z)}
 * (van den Oord et al. 2017, section 3.1). A likelihood that is a density gives a level of the data
 * the probability density times the distance of two levels: the midpoint rule.
 *
 * @param distortion bits per value of {@code -log2 p(x|z)}
 * @param rate bits per value of {@code -log2 p(z)}
 */
public record Bound(double distortion, double rate) {

  /** Levels of a picture's byte within the unit interval: bytes b become b / 255 - 0.5. */
  public static final int BYTE_LEVELS = 255;

  /** Levels of a 16-bit sample within the unit interval: samples s become s / 32768. */
  public static final int SAMPLE_LEVELS = 32_768;

  private static final double LN2 = Math.log(2);

  /**
   * How many levels of the data lie in an interval of length 1, for a likelihood that is a density;
   * 1 for one that is of levels itself, to whose nats there is nothing to add.
   */
  public static int levels(Likelihood likelihood, DataSpec.Medium medium) {
    if (!likelihood.isDensity()) {
      return 1;
    }
    return medium == DataSpec.Medium.IMAGE ? BYTE_LEVELS : SAMPLE_LEVELS;
  }

  /**
   * The distortion of a likelihood: {@code (nats + ln levels) / ln 2}.
   *
   * @param natsPerValue the negative log-likelihood, the mean over all values
   * @param levels see {@link #levels}
   */
  public static double distortion(double natsPerValue, int levels) {
    return (natsPerValue + Math.log(levels)) / LN2;
  }

  /** The rate: the bits of all codes of an example over the number of its values that are data. */
  public static double rate(double bitsPerCode, int positions, double values) {
    return bitsPerCode * positions / values;
  }

  /** Bits per value in all. */
  public double total() {
    return distortion + rate;
  }
}
