package org.vqvae.quantizers;

import jakarta.inject.Inject;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Bottled;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.Phase;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Parameter;

/**
 * No bottleneck but the length of a latent: the decoder gets what the encoder gives, as in a plain
 * autoencoder (Hinton and Salakhutdinov 2006). It has no codes and no distribution to draw from.
 */
public final class PlainBottleneck implements Bottleneck {
  private final int dim;

  /**
   * Its settings.
   *
   * @param latentDim D
   */
  public record Settings(int latentDim) {
    static Settings read(ConfigReader in) {
      return new Settings(in.integer("latent-dim").atLeast(1));
    }
  }

  @Inject
  public PlainBottleneck(Settings settings) {
    this.dim = settings.latentDim();
  }

  @Override
  public int inputDim() {
    return dim;
  }

  @Override
  public int outputDim() {
    return dim;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Bottled apply(INDArray latents, Phase phase) {
    LatentRows rows = LatentRows.of(latents, dim, "latent-dim");
    return Bottled.of(FloatArrays.of(rows.values(), rows.rows(), dim));
  }
}
