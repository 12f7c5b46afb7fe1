package org.vqvae.core.nn;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Codes;
import org.vqvae.core.Statistics;
import org.vqvae.core.Term;

/**
 * What a forward pass of a model found.
 *
 * @param terms of the loss, each with its weight in it, {@code nll} first
 * @param prediction the parameters of p(x | z), {@code [N, ...grid, parameters]}; overwritten by
 *     the next pass
 * @param codes of the N examples; empty of a model without codes
 * @param statistics what the bottleneck learned, see {@link ModelNetwork#update}
 */
public record Pass(
    List<Term> terms, INDArray prediction, Optional<Codes> codes, Statistics statistics) {

  public Pass {
    terms = List.copyOf(terms);
  }

  /** The loss: the sum of all {@code weight x value}. */
  public double loss() {
    return terms.stream().mapToDouble(Term::weighted).sum();
  }
}
