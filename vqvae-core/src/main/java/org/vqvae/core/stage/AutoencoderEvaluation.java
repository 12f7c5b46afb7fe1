package org.vqvae.core.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.vqvae.core.CodeUsages;
import org.vqvae.core.Codes;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Phase;
import org.vqvae.core.Statistics;
import org.vqvae.core.Term;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Pass;

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
  static AutoencoderEvaluation of(ModelNetwork network, Batches batches) {
    return of(network, network.likelihood(), batches);
  }

  /** Measures with another likelihood of the same mean. */
  public static AutoencoderEvaluation of(
      ModelNetwork network, Likelihood likelihood, Batches batches) {
    Sums sums = new Sums(network, likelihood);
    for (Batch batch : batches.inOrder()) {
      sums.add(batch);
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
    private final Errors errors;
    private final Optional<CodeUsages> usage;
    private final Map<String, Term> terms = new LinkedHashMap<>();
    private final double[] batchPerplexities;
    private Statistics statistics = Statistics.NONE;
    private long examples;
    private int batchExamples;
    private int fullBatches;

    Sums(ModelNetwork network, Likelihood likelihood) {
      this.network = network;
      this.errors = new Errors(likelihood);
      this.usage = network.codeShape().map(CodeUsages::new);
      this.batchPerplexities = new double[usage.map(it -> it.all().size()).orElse(0)];
    }

    void add(Batch batch) {
      Pass pass = network.forward(batch.data(), batch.condition(), Phase.EVAL);
      errors.add(pass.prediction(), batch);
      for (Term term : pass.terms().subList(1, pass.terms().size())) {
        terms.merge(
            term.name(),
            term.as(term.unit(), batch.size()),
            (sum, more) ->
                new Term(sum.name(), sum.unit(), sum.value() + more.value(), sum.weight()));
      }
      statistics = statistics.plus(pass.statistics());
      examples += batch.size();
      pass.codes().ifPresent(codes -> addCodes(codes, batch.size()));
    }

    private void addCodes(Codes codes, int size) {
      usage.orElseThrow().add(codes);
      if (size > batchExamples) {
        batchExamples = size;
        Arrays.fill(batchPerplexities, 0);
        fullBatches = 0;
      }
      if (size == batchExamples) {
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

  /** The errors of predictions, over all values that are data. */
  static final class Errors {
    private final Likelihood likelihood;
    private double squaredError;
    private double nats;
    private long values;

    Errors(Likelihood likelihood) {
      this.likelihood = likelihood;
    }

    double meanSquaredError() {
      return squaredError / values;
    }

    double nats() {
      return nats / values;
    }

    /** Example by example where some are filled up, otherwise all at once. */
    void add(INDArray prediction, Batch batch) {
      int all = (int) (prediction.length() / prediction.size(-1) / batch.size());
      if (Arrays.stream(batch.positions()).allMatch(positions -> positions == all)) {
        add(prediction, batch.data());
        return;
      }
      for (int i = 0; i < batch.size(); i++) {
        long from = (long) i * all;
        int count = batch.positions()[i];
        add(positions(prediction, from, count), positions(batch.data(), from, count));
      }
    }

    private void add(INDArray prediction, INDArray x) {
      nats += x.length() * likelihood.nats(prediction, x);
      INDArray error = likelihood.mean(prediction).subi(x);
      squaredError += Transforms.pow(error, 2, false).sumNumber().doubleValue();
      values += x.length();
    }

    /** Some positions of a batch as {@code [1, count, channels]}. */
    private static INDArray positions(INDArray batch, long from, int count) {
      long channels = batch.size(-1);
      return Nd4j.create(
          batch.data(),
          new long[] {1, count, channels},
          new long[] {count * channels, channels, 1},
          batch.offset() + from * channels,
          'c');
    }
  }
}
