package org.vqvae.image.network;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Conv2d;
import org.vqvae.core.nn.ReducedPrecision;
import org.vqvae.core.nn.Relu;
import org.vqvae.core.nn.Residual;
import org.vqvae.core.nn.Sequential;

/**
 * The encoder of the VQ-VAE paper: strided 4x4 convolutions, a 3x3 convolution, residual blocks,
 * and a 1x1 convolution to the length of a latent.
 *
 * <p>van den Oord et al. 2017, <a href="https://arxiv.org/abs/1711.00937">paper</a>, sec. 4.1;
 * channels per layer as in DeepMind's published notebook: half of {@code channels} until the last
 * strided convolution.
 */
public final class ResidualConvEncoder implements Encoder {
  private final ResidualConvSettings settings;
  private final Kernels kernels;

  @Inject
  public ResidualConvEncoder(ResidualConvSettings settings, Kernels kernels) {
    this.settings = settings;
    this.kernels = kernels;
  }

  @Override
  public Grid latentGrid(DataSpec data) {
    return settings.latentGrid(data);
  }

  @Override
  public Block build(DataSpec data, int latentDim, Scope scope) {
    int channels = settings.channels();
    List<Block> blocks = new ArrayList<>();
    int in = data.channels();
    for (int i = 1; i <= settings.halvings(); i++) {
      int out = i == settings.halvings() ? channels : channels / 2;
      blocks.add(
          Conv2d.convolution(scope.name("down" + i), kernels, in, out, settings.halve())
              .thenRelu());
      in = out;
    }
    blocks.add(
        Conv2d.convolution(scope.name("conv3x3"), kernels, in, channels, Window.square(3, 1, 1))
            .thenRelu());
    for (int i = 1; i <= settings.residualBlocks(); i++) {
      blocks.add(
          new Residual(scope.name("residual" + i), kernels, channels, settings.residualChannels()));
    }
    blocks.add(new Relu(kernels));
    blocks.add(
        Conv2d.convolution(
            scope.name("to-latents"), kernels, channels, latentDim, Window.square(1, 1, 0)));
    return ReducedPrecision.of(new Sequential(blocks), kernels);
  }

  @Override
  public int dataReach() {
    return settings.reach();
  }
}
