package org.vqvae.core.experiment;

import org.vqvae.core.nn.PriorNetwork;

/**
 * A prior that was fitted to the codes of a run's autoencoder.
 *
 * @param name its type, such as {@code pixelcnn}
 * @param conditional whether it is told the class of an example
 */
public record FittedPrior(String name, PriorNetwork network, boolean conditional) {}
