package org.vqvae.image.line;

import jakarta.inject.Inject;
import java.util.List;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Conv2d;
import org.vqvae.core.nn.Sequential;
import org.vqvae.image.line.LinePlugin.Width;

/** Four samples become one latent. */
public final class WaveEncoder implements Encoder {
  private final Width width;
  private final Kernels kernels;

  @Inject
  public WaveEncoder(Width width, Kernels kernels) {
    this.width = width;
    this.kernels = kernels;
  }

  @Override
  public Grid latentGrid(DataSpec data) {
    if (!data.medium().equals(LinePlugin.SOUND) || data.grid().size(0) % 4 != 0) {
      throw new IncompatibleException(
          "encoder \"waves\" takes sound of a multiple of 4 samples, but the data is %s of grid %s"
              .formatted(data.medium(), data.grid()));
    }
    return new Grid(data.grid().size(0) / 4);
  }

  @Override
  public Block build(DataSpec data, int latentDim, Scope scope) {
    int channels = width.channels();
    return new InTime(
        new Sequential(
            List.of(
                Conv2d.convolution(
                        scope.name("down1"), kernels, data.channels(), channels, InTime.HALVE)
                    .thenRelu(),
                Conv2d.convolution(
                    scope.name("down2"), kernels, channels, latentDim, InTime.HALVE))));
  }
}
