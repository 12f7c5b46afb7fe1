package org.vqvae.image.network;

import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.image.Pictures;

/**
 * The layout that encoder and decoder {@code residual-conv} share.
 *
 * @param channels of the layers between
 * @param residualChannels inside a residual block
 * @param residualBlocks how many
 * @param downsample pixels per latent in each direction, a power of two
 */
public record ResidualConvSettings(
    int channels, int residualChannels, int residualBlocks, int downsample) {

  public static ResidualConvSettings read(ConfigReader in) {
    ResidualConvSettings settings =
        new ResidualConvSettings(
            in.integer("channels").atLeast(2),
            in.integer("residual-channels").atLeast(1),
            in.integer("residual-blocks").atLeast(0),
            in.integer("downsample").between(2, 64));
    if (Integer.bitCount(settings.downsample) != 1) {
      in.problem(
          "downsample",
          "must be a power of two (2, 4, 8, ...): each strided convolution halves the picture");
    }
    return settings;
  }

  /** The number of strided convolutions: log2 of the downsampling factor. */
  int halvings() {
    return Integer.numberOfTrailingZeros(downsample);
  }

  /** The window that halves (transposed: doubles) height and width exactly. */
  Window halve() {
    return Window.square(4, 2, 1);
  }

  /**
   * How far encoder and decoder see, in latents: the strided convolutions one, the 3x3 convolutions
   * one each.
   */
  int reach() {
    return 2 + residualBlocks;
  }

  Grid latentGrid(DataSpec data) {
    Grid grid = data.grid();
    if (!data.medium().equals(Pictures.MEDIUM)) {
      throw new IncompatibleException(
          "residual-conv takes pictures, but the data is %s of grid %s: choose an encoder and decoder for it (vqvae list)"
              .formatted(data.medium(), grid));
    }
    if (grid.size(0) % downsample != 0 || grid.size(1) % downsample != 0) {
      throw new IncompatibleException(
          "downsample = %d does not divide the pictures' size %s: choose a downsample that does, or resize or pad the data"
              .formatted(downsample, grid));
    }
    return new Grid(grid.size(0) / downsample, grid.size(1) / downsample);
  }
}
