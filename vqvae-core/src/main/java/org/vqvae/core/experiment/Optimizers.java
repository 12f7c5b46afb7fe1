package org.vqvae.core.experiment;

import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.vqvae.core.config.ExperimentSettings.Training;

/** From settings to Deeplearning4j's updaters. */
public final class Optimizers {
  private Optimizers() {}

  public static IUpdater adam(Training training) {
    return new Adam(
        training.learningRate(),
        training.adam().beta1(),
        training.adam().beta2(),
        training.adam().epsilon());
  }

  static Schedule schedule(Training training) {
    return new Schedule(
        training.steps(),
        training.logEvery(),
        training.evaluateEvery(),
        training.checkpointEvery());
  }
}
