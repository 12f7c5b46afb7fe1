package org.vqvae.core;

/**
 * What a forward pass is for, and which part of which step it is.
 *
 * <p>A pass that draws takes its random numbers from seed, place, step and example (see {@link
 * org.vqvae.core.random.ExampleStreams}), so that a batch may be cut into parts.
 *
 * @param step the number of steps taken before
 * @param firstExample the place of the part's first example in the batch
 */
public record Phase(Purpose purpose, long step, int firstExample) {

  /** What a forward pass is for. */
  public enum Purpose {
    /** Parameters learn from it: latents are drawn, and layers such as dropout disturb it. */
    TRAINING,

    /** Nothing is drawn. */
    EVALUATION,

    /**
     * The evaluation of a distribution over latents by draws from it: a {@link
     * VariationalBottleneck} draws, and nothing else does.
     */
    DRAWN_EVALUATION
  }

  /** Evaluation: nothing is drawn. */
  public static final Phase EVAL = new Phase(Purpose.EVALUATION, 0, 0);

  /** The first step, on a whole batch. */
  public static final Phase TRAIN = train(0, 0);

  /** A step's pass over the part of a batch that begins at that example. */
  public static Phase train(long step, int firstExample) {
    return new Phase(Purpose.TRAINING, step, firstExample);
  }

  /** Evaluation at latents that are drawn; another step gives other draws. */
  public static Phase drawn(long step) {
    return new Phase(Purpose.DRAWN_EVALUATION, step, 0);
  }

  /**
   * Whether parameters learn from it; layers that only disturb training, such as dropout, do
   * nothing otherwise.
   */
  public boolean training() {
    return purpose == Purpose.TRAINING;
  }

  /** Whether a {@link VariationalBottleneck} draws its latents, instead of giving their mean. */
  public boolean drawsLatents() {
    return purpose != Purpose.EVALUATION;
  }
}
