package org.vqvae.core.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.random.RandomStream;

/** The ways that parameters get their first values. */
public final class Initializers {
  private Initializers() {}

  public static Parameter.Initializer zeros() {
    return (value, random) -> value.assign(0);
  }

  public static Parameter.Initializer constant(double constant) {
    return (value, random) -> value.assign(constant);
  }

  /** Normal with that standard deviation. */
  public static Parameter.Initializer normal(double deviation) {
    return (value, random) -> fill(value, () -> deviation * random.nextGaussian());
  }

  /** Uniform in {@code -bound...+bound}. */
  public static Parameter.Initializer uniform(double bound) {
    return (value, random) -> fill(value, () -> random.nextDouble(-bound, bound));
  }

  /**
   * Normal of deviation {@code 1 / sqrt(fanIn)}, cut off at two deviations: keeps the variance of
   * what passes through a linear layer of {@code fanIn} inputs (LeCun et al. 1998, "Efficient
   * BackProp", sec. 4.6).
   */
  public static Parameter.Initializer fanIn(long fanIn) {
    double deviation = 1 / Math.sqrt((double) fanIn);
    return (value, random) -> fill(value, () -> deviation * truncatedGaussian(random));
  }

  private static double truncatedGaussian(RandomStream random) {
    double x;
    do {
      x = random.nextGaussian();
    } while (Math.abs(x) > 2);
    return x;
  }

  private static void fill(INDArray value, java.util.function.DoubleSupplier next) {
    double[] values = new double[Math.toIntExact(value.length())];
    for (int i = 0; i < values.length; i++) {
      values[i] = next.getAsDouble();
    }
    value.assign(Nd4j.createFromArray(values).reshape(value.shape()).castTo(value.dataType()));
  }
}
