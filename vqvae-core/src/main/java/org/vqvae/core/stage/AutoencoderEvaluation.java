package org.vqvae.core.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.vqvae.core.CodeUsages;
import org.vqvae.core.Codes;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.Statistics;
import org.vqvae.core.Term;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Replicas;

/**
 * How well an autoencoder does on a whole split. Every figure is a mean over all of it, however it
 * was batched, but for the perplexities of batches.
 *
 * @param meanSquaredError (x - mean of p(x | z))^2 over all values that are data
 * @param terms of the loss: {@code nll} per value that is data, under the likelihood that was asked
 *     for, and the others over all examples
 * @param usage of the codes of the whole split; empty of a model without codes
 * @param batchPerplexities of each codebook, in the order of {@link CodeUsages#all}: the mean of
 *     the perplexities of full batches, as other projects print it
 * @param batchExamples the number of examples in a full batch
 * @param figures of the bottleneck, by name
 */
public record AutoencoderEvaluation(
    double meanSquaredError,
    List<Term> terms,
    Optional<CodeUsages> usage,
    List<Double> batchPerplexities,
    int batchExamples,
    Map<String, Double> figures) {

  /** Measures with the autoencoder's own likelihood. */
  static AutoencoderEvaluation of(Replicas<ModelNetwork> model, Batches batches) {
    return of(model, UnaryOperator.identity(), batches);
  }

  /**
   * Measures with another likelihood of the same mean.
   *
   * @param under makes it out of the autoencoder's own
   */
  public static AutoencoderEvaluation of(
      Replicas<ModelNetwork> model, UnaryOperator<Likelihood> under, Batches batches) {
    Sums sums = new Sums(model.first());
    for (Batch batch : batches.inOrder()) {
      sums.add(Measured.parts(model, under, batch, Phase.EVAL));
    }
    return sums.means();
  }

  /** -ln p(x | z) per value that is data. */
  public double nats() {
    return terms.get(0).value();
  }

  /** What is added up: over values that are data, and over examples. */
  private static final class Sums {
    private final ModelNetwork network;
    private final Errors errors = new Errors();
    private final Optional<CodeUsages> usage;
    private final Map<String, Term> terms = new LinkedHashMap<>();
    private final double[] batchPerplexities;
    private Statistics statistics = Statistics.NONE;
    private long examples;
    private int batchExamples;
    private int fullBatches;

    Sums(ModelNetwork network) {
      this.network = network;
      this.usage = network.codeShape().map(CodeUsages::new);
      this.batchPerplexities = new double[usage.map(it -> it.all().size()).orElse(0)];
    }

    /** Adds the parts of a batch. */
    void add(List<Measured> batch) {
      batch.forEach(this::addPart);
      List<Codes> codes = batch.stream().flatMap(part -> part.codes().stream()).toList();
      if (!codes.isEmpty()) {
        addCodes(Codes.concat(codes));
      }
    }

    private void addPart(Measured part) {
      errors.add(part.errors());
      for (Term term : part.otherTerms()) {
        terms.merge(
            term.name(),
            term.as(term.unit(), part.examples()),
            (sum, more) ->
                new Term(sum.name(), sum.unit(), sum.value() + more.value(), sum.weight()));
      }
      statistics = statistics.plus(part.statistics());
      examples += part.examples();
    }

    private void addCodes(Codes codes) {
      usage.orElseThrow().add(codes);
      if (codes.examples() > batchExamples) {
        batchExamples = codes.examples();
        Arrays.fill(batchPerplexities, 0);
        fullBatches = 0;
      }
      if (codes.examples() == batchExamples) {
        List<CodeUsages.Codebook> ofBatch = CodeUsages.of(codes).all();
        Arrays.setAll(
            batchPerplexities,
            i -> batchPerplexities[i] + ofBatch.get(i).usage().batchPerplexity());
        fullBatches++;
      }
    }

    AutoencoderEvaluation means() {
      List<Term> means = new ArrayList<>(List.of(Likelihood.nll(errors.nats())));
      terms.values().forEach(term -> means.add(term.as(term.unit(), 1.0 / examples)));
      return new AutoencoderEvaluation(
          errors.meanSquaredError(),
          means,
          usage,
          Arrays.stream(batchPerplexities).map(sum -> sum / fullBatches).boxed().toList(),
          batchExamples,
          new TreeMap<>(network.figures(statistics))); // in an order that does not vary
    }
  }
}
