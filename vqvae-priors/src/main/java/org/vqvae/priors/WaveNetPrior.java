package org.vqvae.priors;

import jakarta.inject.Inject;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Prior;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.wavenet.WaveNetSettings;

/**
 * A prior over codes in raster order, whatever their grid, that predicts each from those before it
 * with dilated causal convolutions: the VQ-VAE paper's prior for sound.
 *
 * <p>van den Oord et al. 2016, "WaveNet", <a href="https://arxiv.org/abs/1609.03499">paper</a>, eq.
 * 1 and 2.
 */
public final class WaveNetPrior implements Prior {
  private final Settings settings;
  private final Kernels kernels;

  /** Its settings. */
  public record Settings(WaveNetSettings size) {
    static Settings read(ConfigReader in) {
      return new Settings(WaveNetSettings.read(in));
    }
  }

  @Inject
  public WaveNetPrior(Settings settings, Kernels kernels) {
    this.settings = settings;
    this.kernels = kernels;
  }

  @Override
  public PriorNetwork build(CodeSpace space, int classes) {
    return new WaveNetPriorNetwork(kernels, settings.size(), space, classes);
  }
}
