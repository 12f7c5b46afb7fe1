package org.vqvae.core;

import org.vqvae.core.nn.Block;

/** Maps data x to continuous latents z_e(x). */
public interface Encoder {

  /**
   * The grid of the latents of data of this form.
   *
   * @throws IncompatibleException if this encoder cannot take such data; the message names sizes
   *     and setting
   */
  Grid latentGrid(DataSpec data);

  /**
   * Builds a network that maps {@code [N, ...grid, channels]} to latents {@code [N, ...latentGrid,
   * latentDim]}.
   *
   * @param latentDim the length of a latent, as the bottleneck wants it
   * @param scope where the network stands: names its parameters
   */
  Block build(DataSpec data, int latentDim, Scope scope);

  /**
   * How many latents away, in each direction, data can influence a latent. What is too long for
   * memory is encoded in pieces that overlap by as much, so that the codes are those of the whole.
   * {@link Integer#MAX_VALUE}: any distance, so it is encoded in one piece.
   */
  default int dataReach() {
    return Integer.MAX_VALUE;
  }
}
