package org.vqvae.core;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Everything that one call of {@link Bottleneck#apply} produced.
 *
 * @param values what the decoder gets: M rows of {@link Bottleneck#outputDim} values; not changed
 *     by anybody until the gradient has been pulled back
 * @param codes M x Q codes, all codebooks of a row side by side; none of a bottleneck without codes
 * @param terms the bottleneck's part of the loss, all in one unit
 * @param pullback the gradient
 * @param statistics what {@link Bottleneck#update} learns from, or {@link Bottleneck#figures} tells
 */
public record Bottled(
    INDArray values, int[] codes, List<Term> terms, Pullback pullback, Statistics statistics) {
  private static final int[] NO_CODES = {};

  /**
   * Carries gradients from the values back to the latents, and into the bottleneck's parameters.
   */
  @FunctionalInterface
  public interface Pullback {

    /**
     * The gradient of {@code task + weight * (sum of the terms, each with its own weight)} with
     * respect to the latents; also sets the gradient of every learned parameter of the bottleneck.
     *
     * @param taskGradient d task / d values, {@code [M, outputDim]}; may be overwritten
     * @param weight the factor of the bottleneck's terms in the whole
     * @return d / d latents, {@code [M, inputDim]}
     */
    INDArray apply(INDArray taskGradient, double weight);
  }

  public Bottled {
    terms = List.copyOf(terms);
    if (terms.stream().map(Term::unit).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "the terms of a bottleneck have one weight in the whole and so need one unit, but are "
              + terms);
    }
  }

  /** Values alone: no codes, no terms, and the gradient of the task copied straight through. */
  public static Bottled of(INDArray values) {
    return new Bottled(
        values, NO_CODES, List.of(), (gradient, weight) -> gradient, Statistics.NONE);
  }

  public Bottled withCodes(int... newCodes) {
    return new Bottled(values, newCodes, terms, pullback, statistics);
  }

  /** This and one more term. */
  public Bottled withTerm(String name, Unit unit, double value, double weight) {
    List<Term> all = new ArrayList<>(terms);
    all.add(new Term(name, unit, value, weight));
    return new Bottled(values, codes, all, pullback, statistics);
  }

  public Bottled withPullback(Pullback newPullback) {
    return new Bottled(values, codes, terms, newPullback, statistics);
  }

  public Bottled withStatistics(Statistics newStatistics) {
    return new Bottled(values, codes, terms, pullback, newStatistics);
  }

  /** The bottleneck's whole loss: the sum of the weighted terms. */
  public double loss() {
    return terms.stream().mapToDouble(Term::weighted).sum();
  }
}
