package org.vqvae.priors;

import jakarta.inject.Inject;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Conditions;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.PriorNetwork;

/**
 * A prior over pictures of codes that predicts each code from those above and to the left with
 * gated convolutions: the prior of the VQ-VAE paper.
 *
 * <p>van den Oord et al. 2016, "Conditional Image Generation with PixelCNN Decoders", <a
 * href="https://arxiv.org/abs/1606.05328">paper</a>: {@code p(z) = prod_i p(z_i | z_1 .. z_{i-1},
 * class)} (eq. 1 and 3).
 */
public final class PixelCnnPrior implements Prior {
  private final Settings settings;
  private final Kernels kernels;

  /**
   * Settings.
   *
   * @param channels C, the width of both stacks
   * @param layers the number of gated layers, the first included
   * @param firstKernel the extent that the first layer sees, were it not cropped to what is before
   *     a position; odd
   * @param kernel the same of the other layers
   * @param headChannels the width of the layer between the last gate and the logits
   * @param coarserFeatures F, the length of the vectors that stand for the codes of coarser maps,
   *     where there are some
   */
  public record Settings(
      int channels,
      int layers,
      int firstKernel,
      int kernel,
      int headChannels,
      int coarserFeatures) {

    public Settings {
      requireOdd("firstKernel", firstKernel);
      requireOdd("kernel", kernel);
    }

    private static void requireOdd(String name, int size) {
      if (size < 3 || size % 2 == 0) {
        throw new IllegalArgumentException(name + " must be odd and at least 3 but was " + size);
      }
    }

    static Settings read(ConfigReader in) {
      return new Settings(
          in.integer("channels").atLeast(1),
          in.integer("layers").atLeast(1),
          odd(in, "first-kernel"),
          odd(in, "kernel"),
          in.integer("head-channels").atLeast(1),
          in.integer("coarser-features").atLeast(1));
    }

    private static int odd(ConfigReader in, String key) {
      int size = in.integer(key).atLeast(3);
      if (size % 2 == 0) {
        in.problem(key, "must be odd, so that it has a middle; try " + (size + 1));
        return size + 1;
      }
      return size;
    }
  }

  @Inject
  public PixelCnnPrior(Settings settings, Kernels kernels) {
    this.settings = settings;
    this.kernels = kernels;
  }

  @Override
  public PriorNetwork build(CodeShape codes, Conditions conditions, Scope scope) {
    requireOneCodebook(codes);
    requireRowsAndColumns(codes.map(0).grid());
    return new PixelCnnNetwork(scope, kernels, settings, codes, conditions);
  }

  private static void requireOneCodebook(CodeShape codes) {
    if (!codes.isSingle()) {
      throw new IncompatibleException(
          ("prior \"pixelcnn\" models one map of one codebook and cannot do several codebooks, but"
                  + " these codes are %s; choose prior \"wavenet\", which models the codebooks of a"
                  + " map in turn")
              .formatted(codes));
    }
  }

  private static void requireRowsAndColumns(Grid grid) {
    if (grid.rank() != 2) {
      throw new IncompatibleException(
          ("prior \"pixelcnn\" models codes in rows and columns, but these codes' grid is %s, with"
               + " %d dimension%s; choose prior \"wavenet\", which models any grid, or an encoder"
               + " of pictures")
              .formatted(grid, grid.rank(), grid.rank() == 1 ? "" : "s"));
    }
  }
}
