package org.vqvae.audio.network;

import org.vqvae.audio.Sounds;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.kernel.ConvolutionSpec.Window;

/**
 * The layout that encoder {@code strided-conv1d} and decoder {@code conv1d} share.
 *
 * @param channels of the layers between
 * @param residualChannels inside a residual block
 * @param residualBlocks how many
 * @param downsample samples per latent, a power of two
 */
public record StridedSettings(
    int channels, int residualChannels, int residualBlocks, int downsample) {

  public static StridedSettings read(ConfigReader in) {
    StridedSettings settings =
        new StridedSettings(
            in.integer("channels").atLeast(1),
            in.integer("residual-channels").atLeast(1),
            in.integer("residual-blocks").atLeast(0),
            in.integer("downsample").between(2, 4096));
    if (Integer.bitCount(settings.downsample) != 1) {
      in.problem(
          "downsample",
          "must be a power of two (2, 4, 8, ...): each strided convolution halves the samples");
    }
    return settings;
  }

  /** The number of strided convolutions. */
  int halvings() {
    return Integer.numberOfTrailingZeros(downsample);
  }

  /** The window that halves (transposed: doubles) time exactly. */
  static Window halve() {
    return new Window(1, 4, 1, 2, 0, 1, 0, 1, 1, 1);
  }

  /** The window of three steps that keeps time. */
  static Window three() {
    return Window.padded(1, 3, 0, 1, 0, 1);
  }

  /**
   * How far encoder and decoder see, in latents: the strided convolutions one, each convolution of
   * three steps one.
   */
  int reach() {
    return 2 + residualBlocks;
  }

  Grid latentGrid(DataSpec data) {
    if (!data.medium().equals(Sounds.MEDIUM)) {
      throw new IncompatibleException(
          "encoder \"strided-conv1d\" and decoder \"conv1d\" take sound, but the data is %s of grid %s: choose others (vqvae list)"
              .formatted(data.medium(), data.grid()));
    }
    if (data.grid().size(0) % downsample != 0) {
      throw new IncompatibleException(
          "downsample = %d does not divide the %s samples of an example: choose a downsample that does, or another window of data"
              .formatted(downsample, data.grid()));
    }
    return new Grid(data.grid().size(0) / downsample);
  }
}
