package org.vqvae.core.random;

import org.vqvae.core.Phase;

/**
 * Random numbers for what a training pass draws: a stream for each example of each step, which
 * follows from seed, name, step and the example's place in the batch, and so not from how the batch
 * is cut into parts.
 */
public final class ExampleStreams {
  private final RandomStream root;

  /**
   * The streams of that name of an experiment's seed.
   *
   * @param name such as {@code decoder/jitter}
   */
  public ExampleStreams(long seed, String name) {
    this.root = RandomStream.of(seed, name);
  }

  /**
   * The stream of an example of a pass.
   *
   * @param example its place in the part that the pass is over
   */
  public RandomStream of(Phase phase, int example) {
    return root.child(phase.step()).child(phase.firstExample() + example);
  }
}
