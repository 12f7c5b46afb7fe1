package org.vqvae.core.sampling;

import java.util.Arrays;
import org.vqvae.core.random.RandomStream;

/**
 * A categorical distribution over codes, given by logits: {@code p_k} is proportional to {@code
 * exp(logit_k / temperature)} among the {@code topK} largest, 0 elsewhere. Of equal logits at the
 * border the lowest codes stay.
 */
public final class Categorical {
  private final SamplingSettings settings;
  private final double[] weights;
  private final float[] sorted;

  /**
   * @param size K, the number of codes
   */
  public Categorical(int size, SamplingSettings settings) {
    this.settings = settings;
    weights = new double[size];
    sorted = new float[size];
  }

  /** Draws one code by inverting the distribution function at one uniform number. */
  public int draw(float[] logits, int from, RandomStream random) {
    double left = weigh(logits, from) * random.nextDouble();
    int last = 0;
    for (int code = 0; code < weights.length; code++) {
      if (weights[code] > 0) {
        last = code;
        left -= weights[code];
        if (left < 0) {
          break;
        }
      }
    }
    return last;
  }

  /** The probabilities that {@link #draw} draws with. */
  public double[] probabilities(float[] logits, int from) {
    double total = weigh(logits, from);
    return Arrays.stream(weights).map(weight -> weight / total).toArray();
  }

  /** Sets {@code weights} to unnormalised probabilities, the largest 1, and returns their sum. */
  private double weigh(float[] logits, int from) {
    double largest = largest(logits, from);
    double threshold = Double.NEGATIVE_INFINITY;
    int atThreshold = weights.length;
    if (settings.topK() > 0 && settings.topK() < weights.length) {
      System.arraycopy(logits, from, sorted, 0, sorted.length);
      Arrays.sort(sorted);
      threshold = sorted[sorted.length - settings.topK()];
      atThreshold = settings.topK() - countAbove(threshold);
    }
    double total = 0;
    for (int code = 0; code < weights.length; code++) {
      double logit = logits[from + code];
      boolean kept = logit > threshold || (logit == threshold && atThreshold-- > 0);
      weights[code] = kept ? Math.exp((logit - largest) / settings.temperature()) : 0;
      total += weights[code];
    }
    return total;
  }

  private int countAbove(double threshold) {
    int above = 0;
    while (above < sorted.length && sorted[sorted.length - 1 - above] > threshold) {
      above++;
    }
    return above;
  }

  private double largest(float[] logits, int from) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int code = 0; code < weights.length; code++) {
      float logit = logits[from + code];
      if (Float.isNaN(logit) || logit == Float.POSITIVE_INFINITY) {
        throw new IllegalStateException(
            "the prior's logit of code %d is %s: it has diverged, so nothing can be drawn from it"
                .formatted(code, logit));
      }
      largest = Math.max(largest, logit);
    }
    if (largest == Double.NEGATIVE_INFINITY) {
      throw new IllegalStateException("the prior gives every code probability 0");
    }
    return largest;
  }
}
