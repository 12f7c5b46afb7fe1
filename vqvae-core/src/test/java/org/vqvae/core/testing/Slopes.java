package org.vqvae.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.random.RandomStream;

/** Gradients against the slopes that they claim to be, in DOUBLE, by central differences. */
final class Slopes {
  private static final double STEP = 1e-5;
  private static final int PICKS = 6;

  private final DoubleSupplier loss;

  /**
   * @param loss computed anew from arrays that may have changed
   */
  Slopes(DoubleSupplier loss) {
    this.loss = loss;
  }

  /** A DOUBLE array of that shape, normal values. */
  static INDArray random(String name, long... shape) {
    return random(DataType.DOUBLE, name, shape);
  }

  static INDArray random(DataType type, String name, long... shape) {
    RandomStream random = RandomStream.of(17, name);
    double[] values = new double[(int) java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Nd4j.createFromArray(values).castTo(type).reshape(shape);
  }

  /** Every learned parameter's gradient, at a few places each. */
  void agreeWith(List<Parameter> parameters) {
    parameters.stream()
        .filter(Parameter::isLearned)
        .forEach(it -> agreeWith(it.name(), it.value(), it.gradient().dup()));
  }

  /** The gradient with respect to one array, at a few places. */
  void agreeWith(String name, INDArray value, INDArray gradient) {
    RandomStream random = RandomStream.of(13, name);
    INDArray flat = value.reshape(value.length());
    INDArray flatGradient = gradient.reshape(gradient.length());
    for (int pick = 0; pick < PICKS; pick++) {
      long index = random.nextInt((int) value.length());
      double slope = slope(flat, index);
      assertThat(flatGradient.getDouble(index))
          .as("%s[%d]", name, index)
          .isCloseTo(slope, within(1e-6 + 1e-5 * Math.abs(slope)));
    }
  }

  private double slope(INDArray values, long index) {
    double middle = values.getDouble(index);
    values.putScalar(index, middle + STEP);
    double right = loss.getAsDouble();
    values.putScalar(index, middle - STEP);
    double left = loss.getAsDouble();
    values.putScalar(index, middle);
    return (right - left) / (2 * STEP);
  }
}
