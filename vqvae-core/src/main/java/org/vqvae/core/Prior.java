package org.vqvae.core;

import org.vqvae.core.nn.PriorNetwork;

/** A distribution p(z) over the codes of an example, fitted after the autoencoder is frozen. */
public interface Prior {

  /**
   * Builds the prior's network for codes of this form.
   *
   * @param classes the number of classes to condition on, 0 for none; a prior that cannot condition
   *     ignores it
   * @throws IncompatibleException if it cannot model such a grid
   */
  PriorNetwork build(CodeSpace space, int classes);
}
