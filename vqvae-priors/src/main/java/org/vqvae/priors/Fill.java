package org.vqvae.priors;

import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.nn.Parameter.Initializer;

/** How the parameters of the PixelCNN start. */
final class Fill {
  private Fill() {}

  /** Uniform in {@code +-1/sqrt(inputs)}. */
  static Initializer fanIn(int inputs) {
    double bound = 1 / Math.sqrt(inputs);
    return (value, random) -> fill(value, () -> random.nextDouble(-bound, bound));
  }

  /** Normal with mean 0. */
  static Initializer normal(double deviation) {
    return (value, random) -> fill(value, () -> deviation * random.nextGaussian());
  }

  private static void fill(INDArray value, DoubleSupplier next) {
    INDArray flat = value.reshape(value.length());
    for (long i = 0; i < flat.length(); i++) {
      flat.putScalar(i, next.getAsDouble());
    }
  }
}
