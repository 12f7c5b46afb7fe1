package org.vqvae.core.stage;

import java.util.function.UnaryOperator;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Replicas;

/**
 * The errors of p(x | z) on a whole split with z drawn from q(z|x), once for each example: the
 * distortion that belongs to the ELBO (Kingma and Welling 2014, eq. 3). At the mean of q(z|x) it
 * would be too small.
 *
 * @param nats -ln p(x | z) per value that is data
 */
public record DrawnEvaluation(double meanSquaredError, double nats) {
  /** Steps that no training reaches, so that z is not drawn by the numbers of training. */
  private static final long FIRST_STEP = 1L << 32;

  /**
   * Measures a model that draws its latents.
   *
   * @param under makes the likelihood to measure with out of the network's own
   */
  public static DrawnEvaluation of(
      Replicas<ModelNetwork> model, UnaryOperator<Likelihood> under, Batches batches) {
    Errors errors = new Errors();
    long step = FIRST_STEP;
    for (Batch batch : batches.inOrder()) {
      Measured.parts(model, under, batch, Phase.drawn(step++))
          .forEach(part -> errors.add(part.errors()));
    }
    return new DrawnEvaluation(errors.meanSquaredError(), errors.nats());
  }
}
