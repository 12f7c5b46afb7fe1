package org.vqvae.quantizers;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Bottled;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.Term;
import org.vqvae.core.config.Chosen;
import org.vqvae.core.config.Parts;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;

/** What the tests of this module start from. */
final class Given {
  static final Kernels KERNELS = new NativeKernels();
  static final CodebookInitializer UNIFORM = new UniformInitializer();
  static final CodebookInitializer NORMAL =
      new NormalInitializer(new NormalInitializer.Settings(1));
  static final DeadCodePolicy KEEP = new KeepDeadCodes();

  private Given() {}

  static CodebookInitializer kMeans(int batches, int iterations) {
    return new KMeansInitializer(new KMeansInitializer.Settings(batches, iterations), KERNELS);
  }

  static DeadCodePolicy restart(double threshold) {
    return new RestartDeadCodes(new RestartDeadCodes.Settings(threshold));
  }

  /** A codebook with these rows, before any latents were seen. */
  static CodebookInitializer codes(double[]... rows) {
    return (size, dim, random) -> floats(rows);
  }

  /** The place of a quantizer of an experiment with that seed. */
  static Scope scope(long seed) {
    return Scope.root(new RandomStreams(seed)).child("quantizer");
  }

  /** The numbers among the settings of an {@link EmaQuantizer}. */
  record Ema(int codebookSize, int codeDim, double beta, double decay, double epsilon) {
    EmaQuantizer at(Scope scope, CodebookInitializer initializer, DeadCodePolicy deadCodes) {
      return new EmaQuantizer(
          new EmaQuantizer.Settings(
              codebookSize,
              codeDim,
              beta,
              decay,
              epsilon,
              Chosen.of(initializer),
              Chosen.of(deadCodes),
              Chosen.of(new StraightThrough())),
          Parts.NONE,
          KERNELS,
          scope);
    }
  }

  /** The numbers among the settings of a {@link NearestQuantizer}. */
  record Nearest(int codebookSize, int codeDim, double beta) {
    NearestQuantizer at(Scope scope, CodebookInitializer initializer, DeadCodePolicy deadCodes) {
      return at(scope, initializer, deadCodes, new StraightThrough());
    }

    NearestQuantizer at(
        Scope scope,
        CodebookInitializer initializer,
        DeadCodePolicy deadCodes,
        GradientEstimator estimator) {
      return new NearestQuantizer(
          new NearestQuantizer.Settings(
              codebookSize,
              codeDim,
              beta,
              Chosen.of(initializer),
              Chosen.of(deadCodes),
              Chosen.of(estimator)),
          Parts.NONE,
          KERNELS,
          scope);
    }
  }

  static NearestQuantizer nearest(
      int size, int dim, double beta, CodebookInitializer initializer, DeadCodePolicy deadCodes) {
    return bound(new Nearest(size, dim, beta).at(scope(1), initializer, deadCodes));
  }

  static EmaQuantizer ema(Ema numbers, CodebookInitializer initializer, DeadCodePolicy deadCodes) {
    return bound(numbers.at(scope(1), initializer, deadCodes));
  }

  static ResidualQuantizer residual(Scope scope, double dropout, Bottleneck... levels) {
    return new ResidualQuantizer(
        new ResidualQuantizer.Settings(
            Arrays.stream(levels).map(Chosen::of).toList(),
            dropout,
            Chosen.of(new StraightThrough())),
        Parts.NONE,
        scope);
  }

  /** One step of training without an optimizer. */
  static Bottled step(Bottleneck bottleneck, INDArray latents) {
    if (bottleneck.isObserving()) {
      bottleneck.observe(latents);
    }
    Bottled result = bottleneck.apply(latents, Phase.TRAIN);
    bottleneck.update(result.statistics());
    return result;
  }

  static double term(Bottled result, String name) {
    return result.terms().stream()
        .filter(it -> it.name().equals(name))
        .mapToDouble(Term::value)
        .findFirst()
        .orElseThrow();
  }

  static <B extends Bottleneck> B bound(B quantizer) {
    ParameterVector.allocate(quantizer.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "initial"));
    return quantizer;
  }

  static INDArray parameter(Bottleneck quantizer, String name) {
    return quantizer.parameters().stream()
        .filter(it -> it.name().equals("quantizer/" + name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  static INDArray array(double[]... rows) {
    return Nd4j.createFromArray(rows).castTo(DataType.FLOAT);
  }

  static double[] row(double... values) {
    return values;
  }

  static INDArray gaussian(long seed, int rows, int dim) {
    RandomStream random = RandomStream.of(seed, "gaussian");
    double[][] values = new double[rows][dim];
    for (double[] row : values) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return array(values);
  }

  private static float[] floats(double[]... rows) {
    int dim = rows[0].length;
    float[] values = new float[rows.length * dim];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / dim][i % dim];
    }
    return values;
  }
}
