package org.vqvae.core;

import org.vqvae.core.nn.ModelNetwork;

/**
 * The wiring of an autoencoder: which parts it is made of, and the road of the data through them.
 */
public interface Model {

  /**
   * Builds a network. Each call builds one with activations and parameters of its own; {@link
   * org.vqvae.core.nn.ParameterVector#share} lets several share values.
   *
   * @param dataVariance the variance of the values of the training data
   * @param scope where the model stands: names its parameters and its randomness
   * @throws IncompatibleException if the parts do not fit the data or each other
   */
  ModelNetwork build(DataSpec data, double dataVariance, Scope scope);
}
