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
   * Builds the network that maps {@code [N, ...grid, channels]} to latents {@code [N,
   * ...latentGrid, codeDim]}.
   *
   * @param codeDim D, the length of a code vector, as the quantizer wants it
   */
  Block build(DataSpec data, int codeDim);

  /**
   * How many latents away, in each direction, data may still have a say in a latent. What is too
   * long for memory is encoded in pieces that overlap by as much, so that the codes are those of
   * the whole. {@link Integer#MAX_VALUE}: any distance, so it is encoded in one piece.
   */
  default int dataReach() {
    return Integer.MAX_VALUE;
  }
}
