package org.vqvae.core.stage;

import org.vqvae.core.CodeShape;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.run.TrainedData;

/**
 * An autoencoder that is no longer trained.
 *
 * @param fingerprint its identity: codes and priors are bound to it
 * @param data the data that it was trained on
 */
public record FrozenAutoencoder(ModelNetwork network, String fingerprint, TrainedData data) {

  /**
   * The form of its codes.
   *
   * @throws IncompatibleException if it has none
   */
  public CodeShape codeShape() {
    return network
        .codeShape()
        .orElseThrow(
            () ->
                new IncompatibleException(
                    "this run's model has no codes (its quantizer is continuous), so there is"
                        + " nothing to extract, to fit a prior to, or to write to a .vqa file;"
                        + " train a run whose quantizer has codes (vqvae list)"));
  }

  public boolean hasCodes() {
    return network.codeShape().isPresent();
  }
}
