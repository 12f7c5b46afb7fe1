package org.vqvae.core.stage;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.nn.ModelNetwork;

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

  /** Measures a model that draws its latents. */
  public static DrawnEvaluation of(ModelNetwork network, Likelihood likelihood, Batches batches) {
    AutoencoderEvaluation.Errors errors = new AutoencoderEvaluation.Errors(likelihood);
    long step = FIRST_STEP;
    for (Batch batch : batches.inOrder()) {
      Phase phase = Phase.drawn(step++);
      INDArray prediction = network.forward(batch.data(), batch.condition(), phase).prediction();
      errors.add(prediction, batch);
    }
    return new DrawnEvaluation(errors.meanSquaredError(), errors.nats());
  }
}
