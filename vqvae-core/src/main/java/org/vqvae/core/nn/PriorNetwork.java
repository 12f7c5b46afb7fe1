package org.vqvae.core.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;

/**
 * A prior's network: the logits of every code given the codes before it, in raster order.
 *
 * <p>Codes travel as one {@code int[N * positions]}, example after example.
 */
public interface PriorNetwork {

  /** What it learns by gradient (none: it needs no training) or keeps as state (such as counts). */
  List<Parameter> parameters();

  /**
   * Looks at training codes once, before training by gradient: all that a prior made of statistics
   * needs.
   *
   * @param labels the N examples' labels, null when there are none
   */
  default void observe(int[] codes, int @Nullable [] labels) {}

  /**
   * The logits of all positions at once: row {@code n * positions + p} depends on codes of example
   * n before p alone.
   *
   * @param codes {@code N * positions} codes
   * @param labels N labels, null when the prior is not conditioned
   * @return {@code [N * positions, K]}, overwritten by the next call
   */
  INDArray logits(int[] codes, int @Nullable [] labels, Phase phase);

  /**
   * Sets the gradient of every learned parameter, given dL/d logits of the last pass; may overwrite
   * its argument.
   */
  void backward(INDArray gradient);

  /** Starts to sample: state for N examples, of which no code is known yet. */
  CodeStream stream(int examples, int @Nullable [] labels);

  /** Incremental sampling: the logits of one position after another. */
  interface CodeStream {

    /**
     * The logits of the next position, given all accepted codes.
     *
     * @return {@code [N][K]} in one array, row after row; valid until the next call
     */
    float[] next();

    /** Fixes the codes of the position that {@link #next} was about, one per example. */
    void accept(int[] codes);
  }
}
