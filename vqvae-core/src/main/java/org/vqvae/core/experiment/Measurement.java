package org.vqvae.core.experiment;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Likelihood;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;
import org.vqvae.core.likelihood.GaussianLikelihood;
import org.vqvae.core.report.Bound;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.core.store.MetricsLog;

/** Measures a finished run on the test split: every figure of {@code results.json}. */
final class Measurement {
  private static final String UNIGRAM = "unigram";

  private final Experiment experiment;
  private final List<MetricsLog.Line> metrics;
  private final FrozenAutoencoder autoencoder;
  private final DataSpec data;
  private final CodeSpace codes;
  private final Likelihood likelihood;

  Measurement(Experiment experiment, List<MetricsLog.Line> metrics) {
    this.experiment = experiment;
    this.metrics = metrics;
    this.autoencoder = experiment.autoencoder();
    this.data = autoencoder.data().spec();
    this.codes = autoencoder.network().codeSpace();
    this.likelihood = calibrated();
  }

  /**
   * The figures that all media have, but for the time in all.
   *
   * @param priors that were fitted
   * @param test the autoencoder's evaluation, see {@link #test()}
   * @param evidence says how long sampling took
   */
  Results results(List<FittedPrior> priors, AutoencoderEvaluation test, Evidence evidence) {
    Results results = of(test).with(of(experiment.dataset())).with(ofTraining()).with(probes());
    int levels = Bound.levels(autoencoder.network().likelihood(), data.medium());
    double distortion = Bound.distortion(test.nats(), levels);
    results = results.with(ResultKeys.BOUND_DISTORTION, distortion);
    for (FittedPrior prior : priors) {
      results = results.with(of(prior, distortion));
    }
    for (Evidence.Drawn drawn : evidence.samples()) {
      results = results.with(ResultKeys.TIME_SAMPLE.of(drawn.prior()), drawn.seconds());
    }
    return withSavings(results);
  }

  private Results probes() {
    return new Probes(experiment).results();
  }

  /** These figures and the time in all. */
  static Results withTotal(Results results, double measuringSeconds) {
    double total = measuringSeconds + results.number(ResultKeys.TIME_TRAIN).orElse(0);
    total += results.number(ResultKeys.TIME_EXTRACT).orElse(0);
    for (String prior : results.priors()) {
      total += results.number(ResultKeys.TIME_PRIOR.of(prior)).orElse(0);
    }
    return results.with(ResultKeys.TIME_TOTAL, total);
  }

  /**
   * The test split under the likelihood whose scale was set by the validation split: no figure of
   * the test split has been used to choose anything.
   */
  AutoencoderEvaluation test() {
    return AutoencoderEvaluation.of(
        autoencoder.network(), likelihood, experiment.batches(Split.TEST));
  }

  private Likelihood calibrated() {
    AutoencoderEvaluation validation =
        AutoencoderEvaluation.of(autoencoder.network(), experiment.batches(Split.VALIDATION));
    return autoencoder.network().likelihood().calibrated(validation.meanSquaredError());
  }

  private Results of(Dataset dataset) {
    return Results.empty()
        .with(ResultKeys.EXPERIMENT, experiment.config().settings().name())
        .with(ResultKeys.SEED, experiment.config().settings().seed())
        .with(ResultKeys.DATA_NAME, experiment.config().selected(Dataset.class).type())
        .with(ResultKeys.DATA_FINGERPRINT, dataset.fingerprint())
        .with(ResultKeys.TRAIN_EXAMPLES, dataset.examples(Split.TRAIN).size())
        .with(ResultKeys.VALIDATION_EXAMPLES, dataset.examples(Split.VALIDATION).size())
        .with(ResultKeys.TEST_EXAMPLES, dataset.examples(Split.TEST).size())
        .with(ResultKeys.DATA_VALUES, data.values())
        .with(ResultKeys.DATA_VARIANCE, autoencoder.data().variance())
        .with(ResultKeys.CODEBOOK_SIZE, codes.codebookSize())
        .with(ResultKeys.CODE_DIM, autoencoder.network().codeDim())
        .with(ResultKeys.POSITIONS, codes.positions());
  }

  private Results of(AutoencoderEvaluation test) {
    Results results =
        Results.empty()
            .with(ResultKeys.TEST_NLL, test.nats())
            .with(ResultKeys.TEST_MSE, test.meanSquaredError())
            .with(ResultKeys.TEST_NMSE, test.meanSquaredError() / autoencoder.data().variance())
            .with(ResultKeys.TEST_CODEBOOK_LOSS, test.codebookLoss())
            .with(ResultKeys.TEST_COMMITMENT_LOSS, test.commitmentLoss())
            .with(ResultKeys.TEST_PERPLEXITY, test.usage().perplexity())
            .with(ResultKeys.TEST_PERPLEXITY_CODES, test.usage().total())
            .with(ResultKeys.TEST_BATCH_PERPLEXITY, test.batchPerplexity())
            .with(ResultKeys.TEST_BATCH_PERPLEXITY_CODES, test.batchCodes())
            .with(ResultKeys.TEST_CODES_USED, test.usage().used());
    return likelihood instanceof GaussianLikelihood gaussian
        ? results.with(ResultKeys.TEST_VARIANCE, gaussian.variance())
        : results;
  }

  private Results ofTraining() {
    Results results = Results.empty();
    for (MetricsLog.Line line : metrics) {
      Map<String, Double> values = line.values();
      if (line.stage().equals(AutoencoderTask.STAGE) && values.containsKey(Metrics.NATS)) {
        results =
            results
                .with(ResultKeys.TRAIN_STEPS, line.step())
                .with(ResultKeys.TRAIN_NLL, value(values, Metrics.NATS))
                .with(ResultKeys.TRAIN_CODEBOOK_LOSS, value(values, Metrics.CODEBOOK_LOSS))
                .with(ResultKeys.TRAIN_COMMITMENT_LOSS, value(values, Metrics.COMMITMENT_LOSS))
                .with(ResultKeys.TRAIN_BATCH_PERPLEXITY, value(values, Metrics.BATCH_PERPLEXITY))
                .with(ResultKeys.TIME_TRAIN, line.seconds())
                .with(ResultKeys.TIME_TRAIN_STEP, 1000 * line.seconds() / line.step());
      } else if (line.stage().equals(Extraction.STAGE)) {
        results = results.with(ResultKeys.TIME_EXTRACT, line.seconds());
      } else if (line.stage().equals(PriorTask.STAGE)) {
        String prior = experiment.chosenPrior();
        results =
            results
                .with(ResultKeys.PRIOR_STEPS.of(prior), line.step())
                .with(ResultKeys.TIME_PRIOR.of(prior), line.seconds());
      }
    }
    return results;
  }

  private Results of(FittedPrior prior, double distortion) {
    double bits =
        new PriorEvaluator(experiment.codeLoss())
            .bitsPerCode(
                prior.network(), experiment.priorStage().batches(experiment.codes(Split.TEST)));
    Bound bound = new Bound(distortion, Bound.rate(bits, codes.positions(), testValues()));
    return Results.empty()
        .with(ResultKeys.PRIOR_BITS.of(prior.name()), bits)
        .with(ResultKeys.BOUND_RATE.of(prior.name()), bound.rate())
        .with(ResultKeys.BOUND_TOTAL.of(prior.name()), bound.total());
  }

  /** Values of a test example that are data, the mean: the distortion is of those alone. */
  private double testValues() {
    Examples test = experiment.dataset().examples(Split.TEST);
    return data.channels()
        * IntStream.range(0, test.size()).map(i -> test.positions(i, data)).average().orElseThrow();
  }

  private static Results withSavings(Results results) {
    double unigram = results.number(ResultKeys.PRIOR_BITS.of(UNIGRAM)).orElse(Double.NaN);
    Results all = results;
    for (String prior : results.priors()) {
      if (!Double.isNaN(unigram) && !prior.equals(UNIGRAM)) {
        double bits = results.number(ResultKeys.PRIOR_BITS.of(prior)).orElseThrow();
        all = all.with(ResultKeys.PRIOR_BELOW_UNIGRAM.of(prior), 1 - bits / unigram);
      }
    }
    return all;
  }

  private static double value(Map<String, Double> values, String metric) {
    return values.getOrDefault(metric, Double.NaN);
  }
}
