package org.vqvae.image.line;

import jakarta.inject.Inject;
import java.util.List;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.likelihood.GaussianLikelihood;
import org.vqvae.core.nn.Conv2d;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.Sequential;
import org.vqvae.image.line.LinePlugin.Width;

/** One latent becomes four samples. */
public final class WaveDecoder implements Decoder {
  private final Width width;
  private final Kernels kernels;

  @Inject
  public WaveDecoder(Width width, Kernels kernels) {
    this.width = width;
    this.kernels = kernels;
  }

  @Override
  public Likelihood likelihood(double dataVariance) {
    return new GaussianLikelihood(dataVariance);
  }

  @Override
  public DecoderNetwork build(DataSpec data, Grid latentGrid, int latentDim, Scope scope) {
    if (!data.medium().equals(LinePlugin.SOUND)
        || latentGrid.rank() != 1
        || latentGrid.size(0) * 4 != data.grid().size(0)) {
      throw new IncompatibleException(
          "decoder \"waves\" makes 4 samples of a latent, but the latents are %s and the data is %s of grid %s"
              .formatted(latentGrid, data.medium(), data.grid()));
    }
    int channels = width.channels();
    return DecoderNetwork.of(
        new InTime(
            new Sequential(
                List.of(
                    Conv2d.transposed(scope.name("up1"), kernels, latentDim, channels, InTime.HALVE)
                        .thenRelu(),
                    Conv2d.transposed(
                        scope.name("up2"), kernels, channels, data.channels(), InTime.HALVE)))));
  }
}
