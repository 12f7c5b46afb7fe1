package org.vqvae.quantizers;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Quantizer;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.Parameter;
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

  static NearestQuantizer nearest(
      int size, int dim, double beta, CodebookInitializer initializer, DeadCodePolicy deadCodes) {
    return bound(
        new NearestQuantizer(
            new NearestQuantizer.Settings(size, dim, beta),
            initializer,
            deadCodes,
            KERNELS,
            new RandomStreams(1)));
  }

  static EmaQuantizer ema(
      EmaQuantizer.Settings settings, CodebookInitializer initializer, DeadCodePolicy deadCodes) {
    return bound(new EmaQuantizer(settings, initializer, deadCodes, KERNELS, new RandomStreams(1)));
  }

  static <Q extends Quantizer> Q bound(Q quantizer) {
    ParameterVector.allocate(quantizer.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "initial"));
    return quantizer;
  }

  static INDArray parameter(Quantizer quantizer, String name) {
    List<Parameter> named =
        quantizer.parameters().stream().filter(it -> it.name().equals(name)).toList();
    return named.get(0).value();
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
