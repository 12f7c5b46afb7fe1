package org.vqvae.core.training;

import java.util.List;
import java.util.Map;

/** Watches a stage of training. Called on the training thread: what it does, training waits for. */
public interface TrainingListener {

  /**
   * A stage begins, or goes on.
   *
   * @param stage its name, such as {@code autoencoder}
   * @param from the steps already done: 0, or those of the checkpoint that it goes on from
   * @param to the steps that will have been done at the end
   */
  void started(String stage, long from, long to);

  /**
   * A step was taken.
   *
   * @param step the number of steps done, this one included
   * @param metrics the figures measured at this step, in the order in which to show them; often
   *     empty
   */
  void step(long step, Map<String, Double> metrics);

  /** Something that a person should read now. */
  void message(String text);

  /** The stage ended after that many steps: all of them, or fewer when it was interrupted. */
  void finished(String stage, long step);

  /** Tells several listeners, in this order. */
  static TrainingListener all(List<? extends TrainingListener> listeners) {
    return new TrainingListeners(listeners);
  }
}
