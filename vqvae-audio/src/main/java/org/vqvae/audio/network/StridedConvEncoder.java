package org.vqvae.audio.network;

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
import org.vqvae.core.nn.Relu;
import org.vqvae.core.nn.Residual;
import org.vqvae.core.nn.Sequential;

/**
 * The VQ-VAE paper's encoder of sound: convolutions of stride 2 and window 4, six of them for 64
 * samples per latent, and a pointwise one to the length of a latent; residual blocks before that
 * one if the settings have some.
 *
 * <p>van den Oord et al. 2017, <a href="https://arxiv.org/abs/1711.00937">paper</a>, sec. 4.2.
 */
public final class StridedConvEncoder implements Encoder {
  private final StridedSettings settings;
  private final Kernels kernels;

  @Inject
  public StridedConvEncoder(StridedSettings settings, Kernels kernels) {
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
      blocks.add(
          Conv2d.convolution(scope.name("down" + i), kernels, in, channels, StridedSettings.halve())
              .thenRelu());
      in = channels;
    }
    for (int i = 1; i <= settings.residualBlocks(); i++) {
      blocks.add(
          Residual.ofSound(
              scope.name("residual" + i), kernels, channels, settings.residualChannels()));
    }
    if (settings.residualBlocks() > 0) {
      blocks.add(new Relu(kernels));
    }
    blocks.add(
        Conv2d.convolution(
            scope.name("to-latents"), kernels, in, latentDim, Window.square(1, 1, 0)));
    return new OneRowImage(new Sequential(blocks));
  }

  @Override
  public int dataReach() {
    return settings.reach();
  }
}
