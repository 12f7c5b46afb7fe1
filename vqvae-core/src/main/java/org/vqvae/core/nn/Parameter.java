package org.vqvae.core.nn;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.random.RandomStream;

/**
 * A named array that belongs to a network: its value, and its gradient if it learns by one.
 *
 * <p>Both are views of the network's flat vectors, set by {@link #bind} before the first forward
 * pass. A backward pass <em>overwrites</em> the gradient; it never adds to what an earlier pass
 * left.
 */
public final class Parameter {
  private final String name;
  private final long[] shape;
  private final Initializer initializer;
  private final boolean learned;
  private @Nullable INDArray value;
  private @Nullable INDArray gradient;

  /** Fills a parameter's value before training. */
  @FunctionalInterface
  public interface Initializer {
    void fill(INDArray value, RandomStream random);
  }

  private Parameter(String name, boolean learned, Initializer initializer, long... shape) {
    if (!name.matches("[a-z0-9/-]+")) {
      throw new IllegalArgumentException(
          "a parameter's name has lower-case letters, digits, '-' and '/' but was \""
              + name
              + "\"");
    }
    this.name = name;
    this.learned = learned;
    this.initializer = requireNonNull(initializer, "initializer");
    this.shape = shape.clone();
  }

  /** A parameter that the optimizer changes by its gradient. */
  public static Parameter learned(String name, Initializer initializer, long... shape) {
    return new Parameter(name, true, initializer, shape);
  }

  /**
   * State that its owner changes itself, in {@link org.vqvae.core.Phase#TRAIN}; its gradient stays
   * zero.
   */
  public static Parameter state(String name, Initializer initializer, long... shape) {
    return new Parameter(name, false, initializer, shape);
  }

  /** For example {@code residual1/conv3x3/w}: unique within a network. */
  public String name() {
    return name;
  }

  public long[] shape() {
    return shape.clone();
  }

  public long length() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  public boolean isLearned() {
    return learned;
  }

  public void initialize(RandomStream random) {
    initializer.fill(value(), random);
  }

  /** Gives this parameter its place in the network's flat vectors. */
  public void bind(INDArray newValue, INDArray newGradient) {
    checkShape("value", newValue);
    checkShape("gradient", newGradient);
    value = newValue;
    gradient = newGradient;
  }

  public INDArray value() {
    return requireNonNull(value, () -> name + " has no value: bind it first");
  }

  public INDArray gradient() {
    return requireNonNull(gradient, () -> name + " has no gradient: bind it first");
  }

  private void checkShape(String what, INDArray array) {
    if (!Arrays.equals(shape, array.shape())) {
      throw new IllegalArgumentException(
          "%s of %s: expected %s but was %s"
              .formatted(what, name, Arrays.toString(shape), Arrays.toString(array.shape())));
    }
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape);
  }
}
