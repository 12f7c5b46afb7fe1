package org.vqvae.core.sampling;

/**
 * How codes are drawn from a prior's logits.
 *
 * @param temperature the logits are divided by it: 1 draws from the prior itself, less is more
 *     cautious
 * @param topK draw among the topK most likely codes; 0: all
 */
public record SamplingSettings(double temperature, int topK) {

  /** Draws from the prior as it is. */
  public static final SamplingSettings PLAIN = new SamplingSettings(1, 0);

  public SamplingSettings {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature must be greater than 0 and finite but was %s; for the most likely code alone set topK = 1"
              .formatted(temperature));
    }
    if (topK < 0) {
      throw new IllegalArgumentException(
          "topK must be at least 1, or 0 for all codes, but was %d".formatted(topK));
    }
  }
}
