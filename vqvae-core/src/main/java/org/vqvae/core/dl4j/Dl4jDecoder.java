package org.vqvae.core.dl4j;

import jakarta.inject.Inject;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Scope;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.dl4j.Dl4jNetwork.Form;
import org.vqvae.core.likelihood.GaussianLikelihood;
import org.vqvae.core.nn.DecoderNetwork;

/**
 * A DL4J network as the decoder. Its likelihood is Gaussian around the last layer's output, which
 * has the form of the data, or is {@code [N, features]} with as many features as an example has
 * values.
 */
public final class Dl4jDecoder implements Decoder {
  private final Dl4jNetwork network;
  private final double variance;

  /**
   * The decoder's settings.
   *
   * @param variance of the Gaussian likelihood; 0 stands for the variance of the training data
   */
  public record Settings(Dl4jNetwork network, double variance) {

    public static Settings read(ConfigReader in) {
      return new Settings(NetworkSetting.read(in), in.real("variance").atLeast(0));
    }
  }

  @Inject
  public Dl4jDecoder(Settings settings) {
    this(settings.network, settings.variance);
  }

  /**
   * @param variance of the Gaussian likelihood; 0 stands for the variance of the training data
   */
  public Dl4jDecoder(Dl4jNetwork network, double variance) {
    this.network = network;
    this.variance = variance;
  }

  @Override
  public Likelihood likelihood(double dataVariance) {
    return new GaussianLikelihood(variance == 0 ? dataVariance : variance);
  }

  @Override
  public DecoderNetwork build(DataSpec data, Grid latentGrid, int latentDim, Scope scope) {
    Form form = network.form(latentGrid, latentDim);
    int channels = likelihood(1).parameters(data.channels());
    boolean fits =
        form.axes() == Axes.FLAT
            ? form.channels() == (long) data.grid().positions() * channels
            : form.grid().equals(data.grid()) && form.channels() == channels;
    if (!fits) {
      throw new IncompatibleException(
          "%s: as the decoder it makes %s with %d channels of latents %s of length %d, but the data is %s with %d channels: change its strides and the nOut of its last layer, or the encoder"
              .formatted(
                  network,
                  form.grid(),
                  form.channels(),
                  latentGrid,
                  latentDim,
                  data.grid(),
                  channels));
    }
    Form output = new Form(form.axes(), data.grid(), channels);
    return DecoderNetwork.of(new Dl4jBlock(network, output, scope));
  }
}
