package org.vqvae.core.report;

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

  private static final double LN2 = Math.log(2);

  /**
   * The distortion of a likelihood that is a density: {@code (nats + ln levels) / ln 2}.
   *
   * @param natsPerValue the negative log density, the mean over all values
   * @param levels how many levels of the data fit in an interval of length 1
   */
  public static double distortion(double natsPerValue, int levels) {
    return (natsPerValue + Math.log(levels)) / LN2;
  }

  /** The rate: the bits of all codes of an example over the number of its values. */
  public static double rate(double bitsPerCode, int positions, int values) {
    return bitsPerCode * positions / values;
  }

  /** Bits per value in all. */
  public double total() {
    return distortion + rate;
  }
}
