package org.vqvae.core.stage;

import org.vqvae.core.CodeShape;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.ParallelModel;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.run.TrainedData;

/**
 * An autoencoder that is no longer trained.
 *
 * @param model its network, for each worker
 * @param fingerprint its identity: codes and priors are bound to it
 * @param data the data that it was trained on
 */
public record FrozenAutoencoder(
    Replicas<ModelNetwork> model, String fingerprint, TrainedData data) {

  /** The network, whose replicas share what it encodes and decodes. */
  public ModelNetwork network() {
    return new ParallelModel(model);
  }

  /**
   * The form of its codes.
   *
   * @throws IncompatibleException if it has none
   */
  public CodeShape codeShape() {
    return model
        .first()
        .codeShape()
        .orElseThrow(
            () ->
                new IncompatibleException(
                    "this run's model has no codes (its quantizer is continuous), so there is"
                        + " nothing to extract, to fit a prior to, or to write to a .vqa file;"
                        + " train a run whose quantizer has codes (vqvae list)"));
  }

  public boolean hasCodes() {
    return model.first().codeShape().isPresent();
  }
}
