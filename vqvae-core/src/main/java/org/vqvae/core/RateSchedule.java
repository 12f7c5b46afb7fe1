package org.vqvae.core;

/** How the learning rate changes over the steps. */
@FunctionalInterface
public interface RateSchedule {

  /**
   * The learning rate, or the factor that a schedule of config has on it.
   *
   * @param step the number of steps taken before
   */
  double at(long step);

  /** This schedule times a base rate. */
  default RateSchedule times(double rate) {
    return step -> rate * at(step);
  }
}
