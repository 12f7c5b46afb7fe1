package org.vqvae.core.stage;

import org.vqvae.core.Condition;
import org.vqvae.core.nn.PriorNetwork;

/**
 * A prior that was fitted to the codes of a run's autoencoder.
 *
 * @param name its type, such as {@code pixelcnn}
 * @param conditional whether it is conditioned on the class of an example
 */
public record FittedPrior(String name, PriorNetwork network, boolean conditional) {

  /** What it is given of a condition. */
  public Condition of(Condition condition) {
    return conditional ? condition : condition.withoutLabels();
  }
}
