package org.vqvae.core.stage;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.vqvae.core.Codes;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.Statistics;
import org.vqvae.core.Term;
import org.vqvae.core.data.Batch;
import org.vqvae.core.nn.Cut;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Pass;
import org.vqvae.core.nn.Replicas;

/**
 * What an evaluation pass over a part of a batch showed.
 *
 * @param otherTerms of the loss, but for {@code nll}: each a mean over these examples
 */
record Measured(
    int examples,
    Errors errors,
    List<Term> otherTerms,
    Statistics statistics,
    Optional<Codes> codes) {

  /**
   * Measures a batch, in parts and in their order.
   *
   * @param under makes the likelihood to measure with out of the network's own
   */
  static List<Measured> parts(
      Replicas<ModelNetwork> model, UnaryOperator<Likelihood> under, Batch batch, Phase phase) {
    List<Cut.Range> ranges = cut(model, batch);
    return model.map(
        ranges.size(),
        (replica, i) -> {
          Cut.Range range = ranges.get(i);
          Phase own = new Phase(phase.purpose(), phase.step(), range.from());
          return of(replica.network(), under, batch.part(range.from(), range.to()), own);
        });
  }

  /** The parts of a batch. */
  static List<Cut.Range> cut(Replicas<ModelNetwork> model, Batch batch) {
    return Cut.of(batch.size(), model.first().data().grid().positions());
  }

  private static Measured of(
      ModelNetwork network, UnaryOperator<Likelihood> under, Batch part, Phase phase) {
    Pass pass = network.forward(part.data(), part.condition(), phase);
    Likelihood likelihood = under.apply(network.likelihood());
    return new Measured(
        part.size(),
        Errors.of(likelihood, pass.prediction(), part),
        pass.terms().subList(1, pass.terms().size()),
        pass.statistics(),
        pass.codes());
  }
}
