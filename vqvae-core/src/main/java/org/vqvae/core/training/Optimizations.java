package org.vqvae.core.training;

import java.util.function.LongToDoubleFunction;
import org.vqvae.core.config.ExperimentSettings.Training;
import org.vqvae.core.config.Parts;

/** From settings to what a stage trains with. */
public final class Optimizations {
  private Optimizations() {}

  /**
   * How a stage changes its parameters.
   *
   * @throws org.vqvae.core.IncompatibleException if the stage is too short for its schedule
   */
  public static Optimization of(Training training, Parts parts) {
    LongToDoubleFunction factor = parts.get(training.schedule()).over(training.steps());
    return new Optimization(
        parts.get(training.optimizer()),
        step -> training.learningRate() * factor.applyAsDouble(step),
        training.weightDecay(),
        training.clipNorm());
  }

  /** How long a stage trains, and what happens in between. */
  public static Schedule schedule(Training training) {
    return new Schedule(
        training.steps(),
        training.logEvery(),
        training.evaluateEvery(),
        training.checkpointEvery());
  }
}
