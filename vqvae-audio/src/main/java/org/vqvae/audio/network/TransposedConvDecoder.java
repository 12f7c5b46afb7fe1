package org.vqvae.audio.network;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.vqvae.audio.spectrum.SpectralLoss;
import org.vqvae.audio.spectrum.SpectralSettings;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Scope;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.likelihood.GaussianLikelihood;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Conv2d;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.Relu;
import org.vqvae.core.nn.Residual;
import org.vqvae.core.nn.Sequential;

/**
 * The mirror image of {@link StridedConvEncoder}: all samples in one pass, by transposed
 * convolutions of stride 2 and window 4, with a Gaussian likelihood and, if the settings say so, a
 * {@link SpectralLoss} as a penalty. Prefer {@link WaveNetDecoder} where fidelity matters more than
 * speed.
 */
public final class TransposedConvDecoder implements Decoder {
  private final Settings settings;
  private final Kernels kernels;

  /**
   * The decoder's settings.
   *
   * @param layers as the encoder's
   * @param variance of the Gaussian likelihood; 0 stands for the variance of the training data
   * @param spectral the penalty on spectra that differ
   */
  public record Settings(StridedSettings layers, double variance, SpectralSettings spectral) {
    public static Settings read(ConfigReader in) {
      return new Settings(
          StridedSettings.read(in),
          in.real("variance").atLeast(0),
          in.section("spectral", SpectralSettings::read));
    }
  }

  @Inject
  public TransposedConvDecoder(Settings settings, Kernels kernels) {
    this.settings = settings;
    this.kernels = kernels;
  }

  @Override
  public Likelihood likelihood(double dataVariance) {
    double variance = settings.variance == 0 ? dataVariance : settings.variance;
    return settings.spectral.penalize(new GaussianLikelihood(variance), kernels);
  }

  @Override
  public DecoderNetwork build(DataSpec data, Grid latentGrid, int latentDim, Scope scope) {
    StridedSettings layers = settings.layers;
    if (!layers.latentGrid(data).equals(latentGrid)) {
      throw new IncompatibleException(
          "decoder.downsample = %d makes %s samples out of %s latents, but the encoder's latents are %s: give encoder and decoder the same downsample"
              .formatted(layers.downsample(), data.grid(), layers.latentGrid(data), latentGrid));
    }
    int channels = layers.channels();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Conv2d.convolution(
            scope.name("conv3"), kernels, latentDim, channels, StridedSettings.three()));
    for (int i = 1; i <= layers.residualBlocks(); i++) {
      blocks.add(
          Residual.ofSound(
              scope.name("residual" + i), kernels, channels, layers.residualChannels()));
    }
    blocks.add(new Relu(kernels));
    for (int i = 1; i < layers.halvings(); i++) {
      blocks.add(
          Conv2d.transposed(
                  scope.name("up" + i), kernels, channels, channels, StridedSettings.halve())
              .thenRelu());
    }
    blocks.add(
        Conv2d.transposed(
            scope.name("up" + layers.halvings()),
            kernels,
            channels,
            data.channels(),
            StridedSettings.halve()));
    return DecoderNetwork.of(new OneRowImage(new Sequential(blocks)));
  }

  @Override
  public int latentReach() {
    return settings.layers.reach();
  }
}
