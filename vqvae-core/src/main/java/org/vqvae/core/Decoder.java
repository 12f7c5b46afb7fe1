package org.vqvae.core;

import org.vqvae.core.nn.DecoderNetwork;

/** Maps what the bottleneck gives, such as quantized latents z_q(x), to the likelihood p(x | z). */
public interface Decoder {

  /**
   * A likelihood whose parameters this decoder computes, with buffers of its own.
   *
   * @param dataVariance the variance of the values of the training data
   */
  Likelihood likelihood(double dataVariance);

  /**
   * Builds a network that maps latents {@code [N, ...latentGrid, latentDim]} to {@code [N, ...grid,
   * likelihood.parameters(channels)]}.
   *
   * @param scope where the network stands: names its parameters and its randomness
   * @throws IncompatibleException if the latents' grid cannot become the data's
   */
  DecoderNetwork build(DataSpec data, Grid latentGrid, int latentDim, Scope scope);

  /**
   * How many latents away, in each direction, a latent can influence a value; see {@link
   * Encoder#dataReach}. {@link Integer#MAX_VALUE}, as of a decoder that draws value after value:
   * any distance.
   */
  default int latentReach() {
    return Integer.MAX_VALUE;
  }
}
