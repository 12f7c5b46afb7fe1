package org.vqvae.core.dl4j;

import jakarta.inject.Inject;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Scope;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.nn.Block;

/**
 * A DL4J network as the encoder. Its last layer gives the latents, as many channels as a latent is
 * long; a network that ends in {@code [N, features]} makes one latent of an example.
 */
public final class Dl4jEncoder implements Encoder {
  private final Dl4jNetwork network;

  /** The encoder's settings: the network. */
  public record Settings(Dl4jNetwork network) {

    public static Settings read(ConfigReader in) {
      return new Settings(NetworkSetting.read(in));
    }
  }

  @Inject
  public Dl4jEncoder(Settings settings) {
    this(settings.network);
  }

  public Dl4jEncoder(Dl4jNetwork network) {
    this.network = network;
  }

  @Override
  public Grid latentGrid(DataSpec data) {
    return network.form(data.grid(), data.channels()).grid();
  }

  @Override
  public Block build(DataSpec data, int latentDim, Scope scope) {
    Dl4jNetwork.Form form = network.form(data.grid(), data.channels());
    if (form.channels() != latentDim) {
      throw new IncompatibleException(
          "%s: as the encoder it gives %d channels, but the quantizer wants latents of %d: give its last layer nOut = %d, or the quantizer code-dim = %d"
              .formatted(network, form.channels(), latentDim, latentDim, form.channels()));
    }
    return new Dl4jBlock(network, form, scope);
  }
}
