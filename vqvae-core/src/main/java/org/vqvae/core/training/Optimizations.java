package org.vqvae.core.training;

import org.vqvae.core.config.ExperimentSettings.Training;
import org.vqvae.core.config.Parts;

/** From settings to what a stage trains with. */
public final class Optimizations {
  private Optimizations() {}

  public static Optimization of(Training training, Parts parts) {
    return new Optimization(
        parts.get(training.optimizer()),
        parts.get(training.schedule()).times(training.learningRate()),
        training.weightDecay(),
        training.clipNorm());
  }

  public static Schedule schedule(Training training) {
    return new Schedule(
        training.steps(),
        training.logEvery(),
        training.evaluateEvery(),
        training.checkpointEvery());
  }
}
