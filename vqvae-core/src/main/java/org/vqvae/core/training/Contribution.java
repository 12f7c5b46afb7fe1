package org.vqvae.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Codes;
import org.vqvae.core.Statistics;
import org.vqvae.core.Term;

/**
 * What some examples of a batch contribute to a step. Contributions of parts, added in the order of
 * the parts, are that of the whole batch.
 *
 * @param gradient of the loss, the mean over these examples, as one flat vector
 * @param examples how many there are: the weight of the means
 * @param terms of the loss, each a mean over these examples
 * @param codes of these examples; empty of a model without codes
 * @param statistics what a bottleneck learns from
 */
public record Contribution(
    INDArray gradient,
    int examples,
    List<Term> terms,
    Optional<Codes> codes,
    Statistics statistics) {

  public Contribution {
    terms = List.copyOf(terms);
  }

  /** The same with a gradient of its own, which no later pass overwrites. */
  public Contribution detached() {
    return new Contribution(gradient.dup('c'), examples, terms, codes, statistics);
  }

  /** That of both, this one's examples first. */
  public Contribution plus(Contribution other) {
    int all = examples + other.examples;
    double share = (double) examples / all;
    double otherShare = (double) other.examples / all;
    return new Contribution(
        gradient.mul(share).addi(other.gradient.mul(otherShare)),
        all,
        means(terms, share, other.terms, otherShare),
        codes.isPresent() && other.codes.isPresent()
            ? Optional.of(Codes.concat(List.of(codes.get(), other.codes.get())))
            : Optional.empty(),
        statistics.plus(other.statistics));
  }

  private static List<Term> means(
      List<Term> terms, double share, List<Term> others, double otherShare) {
    List<Term> means = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      Term term = terms.get(i);
      Term other = others.get(i);
      if (!term.name().equals(other.name()) || term.weight() != other.weight()) {
        throw new IllegalStateException(
            "parts of one batch have other terms: %s and %s".formatted(term, other));
      }
      double value = share * term.value() + otherShare * other.value();
      means.add(new Term(term.name(), term.unit(), value, term.weight()));
    }
    return means;
  }
}
