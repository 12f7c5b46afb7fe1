package org.vqvae.core.nn;

import java.util.List;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Phase;

/**
 * A prior's network: the logits of every code of an example given the codes before it, in the order
 * of its {@link org.vqvae.core.CodeShape}.
 */
public interface PriorNetwork extends Parameterized {

  /** What it learns by gradient (none: it needs no training) or keeps as state (such as counts). */
  @Override
  List<Parameter> parameters();

  /**
   * Looks at training codes once, before training by gradient: all that a prior made of statistics
   * needs.
   *
   * @param condition of the same examples
   */
  default void observe(Codes codes, Condition condition) {}

  /**
   * The logits of all codes at once: those of a code depend on the codes of its example before it
   * alone, and on the condition.
   *
   * @param condition of the same examples
   * @return tables that the next call overwrites
   */
  Logits logits(Codes codes, Condition condition, Phase phase);

  /**
   * Sets the gradient of every learned parameter, given dL/d logits of the last pass; may overwrite
   * its argument.
   */
  void backward(Logits gradient);

  /** Starts to sample: state for N examples, of which no code is known yet. */
  CodeStream stream(int examples, Condition condition);

  /** Incremental sampling: the logits of one code after another, in the order of the shape. */
  interface CodeStream {

    /**
     * The logits of the next code of every example, given all accepted ones.
     *
     * @return {@code [N][K]} in one array, row after row, K being that of the code's codebook;
     *     valid until the next call
     */
    float[] next();

    /** Fixes the codes that {@link #next} was about, one per example. */
    void accept(int[] codes);
  }
}
