package org.vqvae.audio.network;

import jakarta.inject.Inject;
import org.vqvae.audio.Sounds;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Scope;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.sampling.SamplingSettings;
import org.vqvae.core.wavenet.WaveNetSettings;

/**
 * The VQ-VAE paper's decoder of sound: a WaveNet that predicts each sample's mu-law level from the
 * samples before it, the latents around it, each repeated for the samples that it stands for, and,
 * if it is conditioned on the class, the class, such as the speaker.
 *
 * <p>van den Oord et al. 2017, <a href="https://arxiv.org/abs/1711.00937">paper</a>, sec. 4.2.
 */
public final class WaveNetDecoder implements Decoder {
  private final Settings settings;
  private final Kernels kernels;

  /**
   * The decoder's settings.
   *
   * @param size of the WaveNet
   * @param features length of the vector computed from the latents around a sample, an input of the
   *     gates
   * @param jitter probability that training replaces a latent by a neighbour
   * @param historyDropout probability that training hides the true samples of a latent's stretch
   * @param classConditional whether the decoder is conditioned on the class
   * @param sampling how samples are drawn
   */
  public record Settings(
      WaveNetSettings size,
      int features,
      double jitter,
      double historyDropout,
      boolean classConditional,
      SamplingSettings sampling) {
    public static Settings read(ConfigReader in) {
      return new Settings(
          WaveNetSettings.read(in),
          in.integer("features").atLeast(1),
          in.real("jitter").between(0, 1),
          in.real("history-dropout").between(0, 1),
          in.flag("class-conditional"),
          new SamplingSettings(
              in.real("temperature").greaterThan(0), in.integer("top-k").atLeast(0)));
    }
  }

  @Inject
  public WaveNetDecoder(Settings settings, Kernels kernels) {
    this.settings = settings;
    this.kernels = kernels;
  }

  @Override
  public Likelihood likelihood(double dataVariance) {
    return new MuLawLikelihood(kernels);
  }

  @Override
  public DecoderNetwork build(DataSpec data, Grid latentGrid, int latentDim, Scope scope) {
    check(data, latentGrid);
    int classes = settings.classConditional ? data.classes().size() : 0;
    int samples = data.grid().size(0);
    return new WaveNetDecoderNetwork(
        kernels,
        settings,
        new WaveNetDecoderNetwork.Form(samples, latentGrid.size(0), latentDim, classes),
        scope);
  }

  private void check(DataSpec data, Grid latentGrid) {
    if (!data.medium().equals(Sounds.MEDIUM) || !data.isTimed() || data.channels() != 1) {
      throw new IncompatibleException(
          "decoder \"wavenet\" makes sound of one channel, but the data is %s of grid %s, %d channels and rate %s: mix it down, or choose another decoder (vqvae list)"
              .formatted(data.medium(), data.grid(), data.channels(), data.rate()));
    }
    if (latentGrid.rank() != 1 || data.grid().size(0) % latentGrid.size(0) != 0) {
      throw new IncompatibleException(
          "decoder \"wavenet\" repeats each latent for equally many samples, but %s samples are no multiple of %s latents: choose an encoder whose downsample divides them"
              .formatted(data.grid(), latentGrid));
    }
    if (settings.classConditional && data.classes().isEmpty()) {
      throw new IncompatibleException(
          "decoder.class-conditional = true, but the data has no classes: set it to false, or"
              + " choose data with classes");
    }
  }
}
