package org.vqvae.core;

import java.util.function.LongToDoubleFunction;

/** How the learning rate changes over a stage of training. */
@FunctionalInterface
public interface RateSchedule {

  /**
   * The factor of the learning rate at each step, of the number of steps taken before.
   *
   * @param steps of the stage in all
   * @throws IncompatibleException if the stage is too short for the schedule
   */
  LongToDoubleFunction over(long steps);
}
