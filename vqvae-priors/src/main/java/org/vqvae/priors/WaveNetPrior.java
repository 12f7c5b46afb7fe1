package org.vqvae.priors;

import jakarta.inject.Inject;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Conditions;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.wavenet.WaveNetSettings;

/**
 * A prior over the codes of one map, whatever its grid and however many codebooks it has, that
 * predicts each code from those before it with dilated causal convolutions: the VQ-VAE paper's
 * prior for sound. Codes come position by position, and codebook by codebook in each position.
 *
 * <p>van den Oord et al. 2016, "WaveNet", <a href="https://arxiv.org/abs/1609.03499">paper</a>, eq.
 * 1 and 2.
 */
public final class WaveNetPrior implements Prior {
  private final Settings settings;
  private final Kernels kernels;

  /**
   * Settings.
   *
   * @param coarserFeatures F, the length of the vectors that stand for the codes of coarser maps,
   *     where there are some
   */
  public record Settings(WaveNetSettings size, int coarserFeatures) {
    static Settings read(ConfigReader in) {
      return new Settings(WaveNetSettings.read(in), in.integer("coarser-features").atLeast(1));
    }
  }

  @Inject
  public WaveNetPrior(Settings settings, Kernels kernels) {
    this.settings = settings;
    this.kernels = kernels;
  }

  @Override
  public PriorNetwork build(CodeShape codes, Conditions conditions, Scope scope) {
    if (codes.maps().size() > 1) {
      throw new IncompatibleException(
          "prior \"wavenet\" models the codes of one map, but there are %d (%s): build one network for each map"
              .formatted(codes.maps().size(), codes));
    }
    return new WaveNetPriorNetwork(scope, kernels, settings, codes, conditions);
  }
}
