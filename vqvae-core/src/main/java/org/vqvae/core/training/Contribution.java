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

  /**
   * That of several parts, in their order.
   *
   * @param gradient the sum of theirs, each weighted by its share of the examples
   */
  public static Contribution sum(List<Contribution> parts, INDArray gradient) {
    int all = parts.stream().mapToInt(Contribution::examples).sum();
    Statistics statistics = Statistics.NONE;
    List<Codes> codes = new ArrayList<>();
    for (Contribution part : parts) {
      statistics = statistics.plus(part.statistics);
      part.codes.ifPresent(codes::add);
    }
    return new Contribution(
        gradient,
        all,
        means(parts, all),
        codes.isEmpty() ? Optional.empty() : Optional.of(Codes.concat(codes)),
        statistics);
  }

  private static List<Term> means(List<Contribution> parts, int all) {
    List<Term> means = new ArrayList<>();
    for (Contribution part : parts) {
      for (int i = 0; i < part.terms.size(); i++) {
        Term term = part.terms.get(i).as(part.terms.get(i).unit(), (double) part.examples / all);
        if (i < means.size()) {
          means.set(i, plus(means.get(i), term));
        } else {
          means.add(term);
        }
      }
    }
    return means;
  }

  private static Term plus(Term one, Term other) {
    if (!one.name().equals(other.name()) || one.weight() != other.weight()) {
      throw new IllegalStateException(
          "parts of one batch have other terms: %s and %s".formatted(one, other));
    }
    return new Term(one.name(), one.unit(), one.value() + other.value(), one.weight());
  }
}
