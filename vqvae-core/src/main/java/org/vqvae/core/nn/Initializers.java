package org.vqvae.core.nn;

import java.util.Arrays;
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

  /**
   * Waves along one axis of a matrix: neighbours begin alike, and all in all the values have that
   * deviation. Each line is {@code deviation sqrt(2) cos(2 pi f u + phase)} with u from 0 to 1, f
   * normal, the phase uniform: random Fourier features, whose inner products tell how near two
   * places are (Rahimi and Recht 2007, <a
   * href="https://papers.nips.cc/paper/3182-random-features-for-large-scale-kernel-machines">
   * paper</a>, algorithm 1).
   *
   * @param axis 0 or 1
   * @param cycles the deviation of f
   */
  public static Parameter.Initializer waves(int axis, double deviation, double cycles) {
    return (value, random) -> {
      int lines = (int) value.size(1 - axis);
      int places = (int) value.size(axis);
      double[][] waves = new double[lines][places];
      for (double[] wave : waves) {
        double f = cycles * random.nextGaussian();
        double phase = 2 * Math.PI * random.nextDouble();
        Arrays.setAll(
            wave,
            i -> deviation * Math.sqrt(2) * Math.cos(2 * Math.PI * f * (i + 0.5) / places + phase));
      }
      INDArray rows = Nd4j.createFromArray(waves).castTo(value.dataType());
      value.assign(axis == 0 ? rows.transpose() : rows);
    };
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
