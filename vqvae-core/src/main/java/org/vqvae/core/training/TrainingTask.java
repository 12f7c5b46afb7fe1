package org.vqvae.core.training;

import java.util.Map;

/** What one stage does at each step; {@link TrainingLoop} does the rest. */
public interface TrainingTask {

  /** The stage's name in metrics, checkpoints and messages. */
  String stage();

  /** The network whose state a checkpoint holds. */
  Trained network();

  /** Prepares the first step, where there is no checkpoint to go on from. */
  default void begin() {}

  /**
   * Takes a step of training.
   *
   * @param step the number of steps taken before: all that the batch depends on
   * @return figures of this step, whose means are logged
   */
  Map<String, Double> step(long step);

  /** Measures the network on the validation split. */
  Map<String, Double> evaluate();
}
