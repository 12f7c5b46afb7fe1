package org.vqvae.core;

import org.vqvae.core.nn.PriorNetwork;

/** A distribution p(z) over the codes of an example, fitted after the autoencoder is frozen. */
public interface Prior {

  /**
   * Builds a network for codes of this form.
   *
   * @param conditions what it may be conditioned on; a prior that cannot condition ignores it
   * @param scope where the network stands: names its parameters and its randomness
   * @throws IncompatibleException if it cannot model such codes
   */
  PriorNetwork build(CodeShape codes, Conditions conditions, Scope scope);

  /** Whether its probabilities ignore the other codes of an example, as those of a baseline do. */
  default boolean isContextFree() {
    return false;
  }
}
