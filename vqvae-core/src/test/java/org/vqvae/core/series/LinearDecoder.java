package org.vqvae.core.series;

import jakarta.inject.Inject;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Grid;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Scope;
import org.vqvae.core.likelihood.GaussianLikelihood;
import org.vqvae.core.nn.DecoderNetwork;

/** A latent becomes two numbers. */
final class LinearDecoder implements Decoder {
  record Settings() {}

  @Inject
  LinearDecoder() {}

  @Override
  public Likelihood likelihood(double dataVariance) {
    return new GaussianLikelihood(dataVariance);
  }

  @Override
  public DecoderNetwork build(DataSpec data, Grid latentGrid, int latentDim, Scope scope) {
    return DecoderNetwork.of(
        new Linear(scope.name("w"), latentDim, LinearEncoder.NUMBERS, data.channels()));
  }
}
