package org.vqvae.core.model;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Bottled;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Medium;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.Statistics;
import org.vqvae.core.Unit;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.likelihood.GaussianLikelihood;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Conv2d;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Parameter;

/** Small parts for tests of models: linear convolutions, and a bottleneck that is smooth. */
final class ToyParts {
  static final Kernels KERNELS = new NativeKernels();
  static final DataSpec DATA =
      new DataSpec(new Medium("toy", 255), new Grid(4, 4), 1, List.of(), 0);

  private ToyParts() {}

  /** Halves each dimension. */
  record Down() implements Encoder {
    @Override
    public Grid latentGrid(DataSpec data) {
      return new Grid(data.grid().size(0) / 2, data.grid().size(1) / 2);
    }

    @Override
    public Block build(DataSpec data, int latentDim, Scope scope) {
      return Conv2d.convolution(
          scope.name("down"), KERNELS, data.channels(), latentDim, Window.square(4, 2, 1));
    }
  }

  /** Doubles each dimension. */
  record Up() implements Decoder {
    @Override
    public Likelihood likelihood(double dataVariance) {
      return new GaussianLikelihood(dataVariance);
    }

    @Override
    public DecoderNetwork build(DataSpec data, Grid latentGrid, int latentDim, Scope scope) {
      return DecoderNetwork.of(
          Conv2d.transposed(
              scope.name("up"), KERNELS, latentDim, data.channels(), Window.square(4, 2, 1)));
    }
  }

  /**
   * A stand-in for a quantizer: {@code values = scale * latents}, with a learned scale and the term
   * {@code mean(latents^2) / 2}, all of it smooth; every code is 0.
   */
  static final class Scaling implements Quantizer {
    private final int dim;
    private final Parameter scale;
    double counted;

    Scaling(int dim, Scope scope) {
      this.dim = dim;
      this.scale = scope.learned("scale", (value, random) -> value.assign(1.5), 1);
    }

    @Override
    public List<Integer> codebookSizes() {
      return List.of(3);
    }

    @Override
    public int codeDim() {
      return dim;
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(scale);
    }

    @Override
    public Bottled apply(INDArray latents, Phase phase) {
      INDArray z = latents.dup('c').reshape('c', -1, dim);
      double s = scale.value().getDouble(0);
      int rows = (int) z.size(0);
      double square = z.mul(z).sumNumber().doubleValue() / z.length();
      return Bottled.of(z.mul(s))
          .withCodes(new int[rows])
          .withTerm("commitment", Unit.SQUARED_LATENT, square, 0.5)
          .withStatistics(Statistics.of(new double[] {rows}))
          .withPullback(
              (gradient, weight) -> {
                scale.gradient().assign(gradient.mul(z).sumNumber());
                return gradient.mul(s).addi(z.mul(weight / z.length()));
              });
    }

    @Override
    public void update(Statistics batch) {
      counted += batch.sums()[0];
    }

    @Override
    public INDArray lookup(int[] codes, int depth) {
      return FloatArrays.of(new float[codes.length * dim], codes.length, dim);
    }
  }
}
