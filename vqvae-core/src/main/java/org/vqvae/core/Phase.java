package org.vqvae.core;

/**
 * What a forward pass is for, and which part of which step it is.
 *
 * <p>A pass that draws takes its random numbers from seed, place, step and example (see {@link
 * org.vqvae.core.random.ExampleStreams}), so that a batch may be cut into parts.
 *
 * @param training whether parameters learn from it; layers that only disturb training, such as
 *     dropout, do nothing otherwise
 * @param step the number of steps taken before
 * @param firstExample the place of the part's first example in the batch
 */
public record Phase(boolean training, long step, int firstExample) {
  /** Evaluation: nothing is drawn. */
  public static final Phase EVAL = new Phase(false, 0, 0);

  /** The first step, on a whole batch. */
  public static final Phase TRAIN = new Phase(true, 0, 0);

  /** A step's pass over the part of a batch that begins at that example. */
  public static Phase train(long step, int firstExample) {
    return new Phase(true, step, firstExample);
  }
}
