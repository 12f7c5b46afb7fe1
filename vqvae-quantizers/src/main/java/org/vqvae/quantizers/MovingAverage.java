package org.vqvae.quantizers;

import java.util.List;
import org.vqvae.core.Scope;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Parameter;

/**
 * An exponential moving average without bias towards the zero that it starts from: after t steps
 * the average is {@code hidden / (1 - decay^t)} (Kingma and Ba 2015, sec. 3; the zero_debias of
 * Sonnet's ExponentialMovingAverage).
 *
 * <p>The step counter is kept as a float, exact up to 2^24 and constant after; by then decay^t is
 * zero.
 */
final class MovingAverage {
  private final double decay;
  private final Parameter hidden;
  private final Parameter steps;

  /**
   * An average that has seen nothing.
   *
   * @param scope names its parameters
   * @param decay gamma, in [0, 1)
   */
  MovingAverage(Scope scope, double decay, long... shape) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("decay: expected 0 to below 1 but was " + decay);
    }
    this.decay = decay;
    this.hidden = scope.state("hidden", (value, random) -> value.assign(0), shape);
    this.steps = scope.state("steps", (value, random) -> value.assign(0), 1);
  }

  List<Parameter> parameters() {
    return List.of(hidden, steps);
  }

  /** Takes one more observation into account. */
  void update(double[] observation) {
    float[] values = FloatArrays.read(hidden.value());
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (decay * values[i] + (1 - decay) * observation[i]);
    }
    FloatArrays.write(values, hidden.value());
    FloatArrays.write(new float[] {stepsSoFar() + 1}, steps.value());
  }

  /** The average, of at least one observation. */
  double[] average() {
    float[] values = FloatArrays.read(hidden.value());
    double mass = mass();
    double[] average = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      average[i] = values[i] / mass;
    }
    return average;
  }

  /** Replaces the average, but not what it was taken over. */
  void set(double[] average) {
    double mass = mass();
    float[] values = new float[average.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (average[i] * mass);
    }
    FloatArrays.write(values, hidden.value());
  }

  /** Forgets everything but this observation. */
  void restart(double[] observation) {
    FloatArrays.write(new float[] {1}, steps.value());
    set(observation);
  }

  private double mass() {
    return 1 - Math.pow(decay, stepsSoFar());
  }

  private float stepsSoFar() {
    return FloatArrays.read(steps.value())[0];
  }
}
