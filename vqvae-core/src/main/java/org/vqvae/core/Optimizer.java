package org.vqvae.core;

import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A rule that turns gradients into changes of parameters, such as Adam. */
public interface Optimizer {

  /** The length of its state for that many parameters; 0 for a rule without state. */
  long stateLength(long parameters);

  /**
   * Starts to optimize.
   *
   * @param state {@code [1, stateLength]}, zero; the rule keeps all it remembers in it
   * @param rate the learning rate of each step, of the number of steps taken before
   */
  Rule start(INDArray state, LongToDoubleFunction rate);

  /** An optimizer at work. */
  @FunctionalInterface
  interface Rule {

    /**
     * Turns a gradient into what is to be subtracted from the parameters.
     *
     * @param gradient one flat vector, changed in place
     * @param step the number of steps taken before
     */
    void apply(INDArray gradient, int step);

    /**
     * Rules for ranges of the parameters, which together do what this one does and may be applied
     * side by side. By default this one alone: a rule that looks at all parameters cannot be cut.
     *
     * @param length of each range but the last
     * @return rules for the first range, the second ...; or this one alone
     */
    default List<Rule> cut(long length) {
      return List.of(this);
    }
  }
}
