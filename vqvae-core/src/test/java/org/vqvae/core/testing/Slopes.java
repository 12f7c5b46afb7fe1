package org.vqvae.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.random.RandomStream;

/** Compares gradients with the slopes of a loss, which are central differences. */
public final class Slopes {
  private static final int PICKS = 6;

  private final DoubleSupplier loss;
  private final double step;
  private final double absolute;
  private final double relative;
  private final int places;

  /**
   * Slopes of a loss in DOUBLE, with steps of 1e-5.
   *
   * @param loss computed anew from arrays that may have changed
   */
  public Slopes(DoubleSupplier loss) {
    this(loss, 1e-5, 1e-6, 1e-5, PICKS);
  }

  private Slopes(DoubleSupplier loss, double step, double absolute, double relative, int places) {
    this.loss = loss;
    this.step = step;
    this.absolute = absolute;
    this.relative = relative;
    this.places = places;
  }

  /** The same with another step, such as a larger one for a loss in FLOAT. */
  public Slopes withStep(double other) {
    return new Slopes(loss, other, absolute, relative, places);
  }

  /** The same with another tolerance: {@code absolute + relative * |slope|}. */
  public Slopes withTolerance(double otherAbsolute, double otherRelative) {
    return new Slopes(loss, step, otherAbsolute, otherRelative, places);
  }

  /** The same at so many places of an array, for a loss that takes long. */
  public Slopes withPlaces(int count) {
    return new Slopes(loss, step, absolute, relative, count);
  }

  /** A DOUBLE array of that shape, normal values; the same for the same name. */
  public static INDArray random(String name, long... shape) {
    return random(DataType.DOUBLE, name, shape);
  }

  /** An array of that shape, normal values; the same for the same name. */
  public static INDArray random(DataType type, String name, long... shape) {
    RandomStream random = RandomStream.of(17, name);
    double[] values = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(values, i -> random.nextGaussian());
    return Nd4j.createFromArray(values).castTo(type).reshape(shape);
  }

  /** Compares every learned parameter's gradient, at a few places each. */
  public void agreeWith(List<Parameter> parameters) {
    parameters.stream()
        .filter(Parameter::isLearned)
        .forEach(it -> agreeWith(it.name(), it.value(), it.gradient().dup()));
  }

  /** Compares the gradient with respect to one array, at a few places. */
  public void agreeWith(String name, INDArray value, INDArray gradient) {
    RandomStream random = RandomStream.of(13, name);
    int length = (int) value.length();
    agree(name, value, gradient, LongStream.generate(() -> random.nextInt(length)).limit(places));
  }

  /** Compares the gradient with respect to one array, at all places. */
  public void agreeEverywhereWith(String name, INDArray value, INDArray gradient) {
    agree(name, value, gradient, LongStream.range(0, value.length()));
  }

  private void agree(String name, INDArray value, INDArray gradient, LongStream indices) {
    INDArray flat = gradient.dup('c').reshape(gradient.length());
    indices.forEach(
        index -> {
          double slope = slope(value, index);
          assertThat(flat.getDouble(index))
              .as("%s[%d]", name, index)
              .isCloseTo(slope, within(absolute + relative * Math.abs(slope)));
        });
  }

  /**
   * The slope of the loss at one place of a contiguous array, which is as before afterwards; NaN if
   * the loss is NaN on either side.
   */
  public double slope(INDArray value, long index) {
    INDArray flat = value.reshape(value.length());
    double middle = flat.getDouble(index);
    flat.putScalar(index, middle + step);
    double right = loss.getAsDouble();
    flat.putScalar(index, middle - step);
    double left = loss.getAsDouble();
    flat.putScalar(index, middle);
    return (right - left) / (2 * step);
  }
}
