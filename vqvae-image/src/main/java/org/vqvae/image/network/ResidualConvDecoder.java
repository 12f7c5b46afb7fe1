package org.vqvae.image.network;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Scope;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.likelihood.GaussianLikelihood;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Conv2d;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.ReducedPrecision;
import org.vqvae.core.nn.Relu;
import org.vqvae.core.nn.Residual;
import org.vqvae.core.nn.Sequential;

/**
 * The decoder of the VQ-VAE paper, the encoder's mirror image: a 3x3 convolution, residual blocks,
 * and transposed 4x4 convolutions of stride 2. Its likelihood is Gaussian around the last layer's
 * output.
 *
 * <p>van den Oord et al. 2017, <a href="https://arxiv.org/abs/1711.00937">paper</a>, sec. 4.1.
 */
public final class ResidualConvDecoder implements Decoder {
  private final Settings settings;
  private final Kernels kernels;

  /**
   * The decoder's settings.
   *
   * @param layers as the encoder's
   * @param variance of the Gaussian likelihood; 0 stands for the variance of the training data
   */
  public record Settings(ResidualConvSettings layers, double variance) {

    public static Settings read(ConfigReader in) {
      return new Settings(ResidualConvSettings.read(in), in.real("variance").atLeast(0));
    }
  }

  @Inject
  public ResidualConvDecoder(Settings settings, Kernels kernels) {
    this.settings = settings;
    this.kernels = kernels;
  }

  @Override
  public Likelihood likelihood(double dataVariance) {
    return new GaussianLikelihood(settings.variance == 0 ? dataVariance : settings.variance);
  }

  @Override
  public DecoderNetwork build(DataSpec data, Grid latentGrid, int latentDim, Scope scope) {
    ResidualConvSettings layers = settings.layers;
    if (!layers.latentGrid(data).equals(latentGrid)) {
      throw new IncompatibleException(
          "decoder.downsample = %d makes %s pictures out of %s latents, but the encoder's latents are %s: give encoder and decoder the same downsample"
              .formatted(layers.downsample(), data.grid(), layers.latentGrid(data), latentGrid));
    }
    int channels = layers.channels();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Conv2d.convolution(
            scope.name("conv3x3"), kernels, latentDim, channels, Window.square(3, 1, 1)));
    for (int i = 1; i <= layers.residualBlocks(); i++) {
      blocks.add(
          new Residual(scope.name("residual" + i), kernels, channels, layers.residualChannels()));
    }
    blocks.add(new Relu(kernels));
    int in = channels;
    for (int i = 1; i < layers.halvings(); i++) {
      blocks.add(
          Conv2d.transposed(scope.name("up" + i), kernels, in, channels / 2, layers.halve())
              .thenRelu());
      in = channels / 2;
    }
    blocks.add(
        Conv2d.transposed(
            scope.name("up" + layers.halvings()), kernels, in, data.channels(), layers.halve()));
    return DecoderNetwork.of(ReducedPrecision.of(new Sequential(blocks), kernels));
  }

  @Override
  public int latentReach() {
    return settings.layers.reach();
  }
}
