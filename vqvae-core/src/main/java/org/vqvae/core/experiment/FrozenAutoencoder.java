package org.vqvae.core.experiment;

import org.vqvae.core.graph.Autoencoder;

/**
 * An autoencoder that is no longer trained.
 *
 * @param fingerprint its identity: codes and priors are bound to it
 * @param data the data that it was trained on
 */
public record FrozenAutoencoder(Autoencoder network, String fingerprint, TrainedData data) {}
