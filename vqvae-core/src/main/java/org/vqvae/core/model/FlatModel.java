package org.vqvae.core.model;

import com.google.inject.Inject;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Model;
import org.vqvae.core.Scope;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.nn.ModelNetwork;

/**
 * One encoder, one bottleneck, one decoder, one behind the other: the VQ-VAE of van den Oord et al.
 * 2017, <a href="https://arxiv.org/abs/1711.00937">paper</a>, and with another bottleneck its
 * relatives.
 */
public final class FlatModel implements Model {
  private final Settings settings;
  private final Encoder encoder;
  private final Bottleneck bottleneck;
  private final Decoder decoder;

  /**
   * The model's settings.
   *
   * @param latentWeight the factor of the bottleneck's terms in the loss
   */
  public record Settings(double latentWeight) {
    public static Settings read(ConfigReader in) {
      return new Settings(in.real("latent-weight").atLeast(0));
    }
  }

  @Inject
  public FlatModel(Settings settings, Encoder encoder, Bottleneck bottleneck, Decoder decoder) {
    this.settings = settings;
    this.encoder = encoder;
    this.bottleneck = bottleneck;
    this.decoder = decoder;
  }

  @Override
  public ModelNetwork build(DataSpec data, double dataVariance, Scope scope) {
    return new FlatNetwork(
        new FlatNetwork.Parts(
            encoder, bottleneck, decoder, dataVariance, settings.latentWeight(), scope),
        data);
  }
}
