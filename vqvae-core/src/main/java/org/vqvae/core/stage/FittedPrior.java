package org.vqvae.core.stage;

import org.vqvae.core.Condition;
import org.vqvae.core.nn.PriorModel;
import org.vqvae.core.nn.Replicas;

/**
 * A prior that was fitted to the codes of a run's autoencoder.
 *
 * @param name its type, such as {@code pixelcnn}
 * @param conditional whether it is conditioned on the class of an example
 */
public record FittedPrior(String name, Replicas<PriorModel> prior, boolean conditional) {

  /** What it is given of a condition. */
  public Condition of(Condition condition) {
    return conditional ? condition : condition.withoutLabels();
  }

  /** -log2 p(code | codes before it), the mean over all codes of these batches. */
  public double bitsPerCode(CodeBatches batches) {
    return PriorEvaluator.bitsPerCode(prior, batches);
  }
}
