package org.vqvae.core.training;

import org.vqvae.core.Phase;

/**
 * A network whose step of training has two halves: {@link #compute} for each part of a batch, which
 * changes no parameter, and {@link #apply} for the sum of the contributions.
 *
 * @param <B> a batch or a part of one
 */
public interface Trainable<B> {

  /** What a checkpoint holds of it. */
  Trained trained();

  /**
   * Computes what some examples contribute to a step: gradient, losses, statistics.
   *
   * @param phase says which part of which step it is
   * @return a contribution whose gradient the next call overwrites
   */
  Contribution compute(B part, Phase phase);

  /** Takes the step: the optimizer changes the parameters, then bottlenecks learn. */
  void apply(Contribution whole);
}
