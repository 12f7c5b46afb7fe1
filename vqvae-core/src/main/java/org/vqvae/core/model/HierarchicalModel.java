package org.vqvae.core.model;

import com.google.inject.Inject;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Model;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.config.Chosen;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.config.Parts;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.ModelNetwork;

/**
 * Two maps of codes, one above the other: the top codes stand for what is far apart, and the bottom
 * codes, chosen with the top ones known, for the rest.
 *
 * <p>Razavi et al. 2019, "Generating diverse high-fidelity images with VQ-VAE-2", <a
 * href="https://arxiv.org/abs/1906.00446">paper</a>, algorithm 1 and figure 2. The experiment's own
 * encoder, quantizer and decoder are those of the bottom; the three of the top are parts of this
 * model. The top codes reach the decoder by repetition, without layers of their own.
 */
public final class HierarchicalModel implements Model {
  private final Settings settings;
  private final Encoder encoder;
  private final Quantizer bottom;
  private final Decoder decoder;
  private final Encoder topEncoder;
  private final Quantizer top;
  private final Decoder topDecoder;
  private final Kernels kernels;

  /**
   * The model's settings.
   *
   * @param latentWeight the factor of the quantizers' terms in the loss
   * @param features what the encoder gives for each bottom latent, and the top decoder too
   * @param topEncoder maps these features to the top latents
   * @param topQuantizer chooses the top codes
   * @param topDecoder maps the top codes to features of the bottom's grid
   */
  public record Settings(
      double latentWeight,
      int features,
      Chosen<Encoder> topEncoder,
      Chosen<Bottleneck> topQuantizer,
      Chosen<Decoder> topDecoder) {
    public static Settings read(ConfigReader in) {
      return new Settings(
          in.real("latent-weight").atLeast(0),
          in.integer("features").atLeast(1),
          in.component(Encoder.class, "top-encoder"),
          in.component(Bottleneck.class, "top-quantizer"),
          in.component(Decoder.class, "top-decoder"));
    }
  }

  @Inject
  public HierarchicalModel(
      Settings settings,
      Parts parts,
      Encoder encoder,
      Bottleneck bottleneck,
      Decoder decoder,
      Kernels kernels) {
    this.settings = settings;
    this.encoder = encoder;
    this.bottom = quantizer("quantizer", bottleneck);
    this.decoder = decoder;
    this.topEncoder = parts.get(settings.topEncoder());
    this.top = quantizer("model.top-quantizer", parts.get(settings.topQuantizer()));
    this.topDecoder = parts.get(settings.topDecoder());
    this.kernels = kernels;
  }

  private static Quantizer quantizer(String key, Bottleneck bottleneck) {
    if (bottleneck instanceof Quantizer quantizer) {
      return quantizer;
    }
    throw new IncompatibleException(
        "model \"hierarchical\" needs codes in both maps, but %s has none: choose one with codes, or model = flat"
            .formatted(key));
  }

  @Override
  public ModelNetwork build(DataSpec data, double dataVariance, Scope scope) {
    return new HierarchicalNetwork(
        new HierarchicalNetwork.Parts(
            encoder,
            bottom,
            decoder,
            topEncoder,
            top,
            topDecoder,
            kernels,
            settings.features(),
            dataVariance,
            settings.latentWeight(),
            scope),
        data);
  }
}
