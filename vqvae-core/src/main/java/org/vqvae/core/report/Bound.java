package org.vqvae.core.report;

import java.util.List;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Medium;
import org.vqvae.core.Term;
import org.vqvae.core.Unit;

/**
 * The bound on the bits that one value of the data costs: what the latents cost under their prior
 * (rate) and what the decoder's likelihood costs given the latents (distortion).
 *
 * <p>Encoder and quantizer choose codes z with certainty, so {@code -log p(x) <= -log p(x|z) - log
 * p(z)} (van den Oord et al. 2017, section 3.1). Of latents without codes the rate is {@code
 * KL(q(z|x) || p(z))}, so that the total is the negative ELBO (Kingma and Welling 2014, eq. 3). A
 * likelihood that is a density gives a level of the data the probability density times the distance
 * of two levels: the midpoint rule.
 *
 * @param distortion bits per value of {@code -log2 p(x|z)}
 * @param rate bits per value of the codes, or of the KL divergence
 */
public record Bound(double distortion, double rate) {
  private static final double LN2 = Math.log(2);

  /**
   * How many levels of the data lie in an interval of length 1, for a likelihood that is a density;
   * 1 for one that is of levels itself, to whose nats there is nothing to add.
   */
  public static int levels(Likelihood likelihood, Medium medium) {
    return likelihood.isDensity() ? medium.levels() : 1;
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

  /** The rate of codes: the bits of all codes of an example over its values that are data. */
  public static double rate(double bitsPerExample, double values) {
    return bitsPerExample / values;
  }

  /**
   * The rate of latents without codes: all terms in nats per value but the negative log-likelihood,
   * unweighted, in bits.
   *
   * @param terms means over a whole set
   */
  public static double latentsRate(List<Term> terms) {
    String nll = Likelihood.nll(0).name();
    return terms.stream()
            .filter(term -> term.unit() == Unit.NATS_PER_VALUE && !term.name().equals(nll))
            .mapToDouble(Term::value)
            .sum()
        / LN2;
  }

  /** Bits per value in all. */
  public double total() {
    return distortion + rate;
  }

  /**
   * The evidence lower bound on ln p(x) of an example, in nats.
   *
   * @param values of an example that are data
   */
  public double elbo(double values) {
    return -LN2 * total() * values;
  }
}
