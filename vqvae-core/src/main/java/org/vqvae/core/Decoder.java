package org.vqvae.core;

import org.vqvae.core.nn.DecoderNetwork;

/** Maps quantized latents z_q(x) to the parameters of the likelihood p(x | z_q). */
public interface Decoder {

  /**
   * The likelihood whose parameters this decoder computes.
   *
   * @param dataVariance the variance of the values of the training data
   */
  Likelihood likelihood(double dataVariance);

  /**
   * Builds the network that maps latents {@code [N, ...latentGrid, codeDim]} to {@code [N, ...grid,
   * likelihood.parameters(channels)]}.
   *
   * @throws IncompatibleException if the latents' grid cannot become the data's
   */
  DecoderNetwork build(DataSpec data, Grid latentGrid, int codeDim);

  /**
   * How many latents away, in each direction, a latent may still have a say in a value; see {@link
   * Encoder#dataReach}. {@link Integer#MAX_VALUE}, as of a decoder that draws value after value:
   * any distance.
   */
  default int latentReach() {
    return Integer.MAX_VALUE;
  }
}
