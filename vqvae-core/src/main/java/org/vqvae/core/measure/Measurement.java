package org.vqvae.core.measure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.CodeUsages;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Term;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.report.Bound;
import org.vqvae.core.report.CodebookName;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.core.stage.AutoencoderEvaluation;
import org.vqvae.core.stage.DrawnEvaluation;
import org.vqvae.core.stage.FittedPrior;
import org.vqvae.core.stage.FrozenAutoencoder;
import org.vqvae.core.stage.PartsEvaluation;
import org.vqvae.core.stage.TrainedRun;
import org.vqvae.core.store.MetricsLog;

/** Measures a finished run on the test split: every figure of {@code results.json}. */
final class Measurement {

  private final TrainedRun run;
  private final List<MetricsLog.Line> metrics;
  private final FrozenAutoencoder autoencoder;
  private final ModelNetwork network;
  private final DataSpec data;
  private final double validationError;

  Measurement(TrainedRun run, List<MetricsLog.Line> metrics) {
    this.run = run;
    this.metrics = metrics;
    this.autoencoder = run.autoencoder();
    this.network = autoencoder.network();
    this.data = autoencoder.data().spec();
    this.validationError = validationError();
  }

  /**
   * The figures that all media have, but for the time in all.
   *
   * @param priors that were fitted
   * @param test the autoencoder's evaluation, see {@link #test()}
   * @param evidence says how long sampling took
   */
  Results results(List<FittedPrior> priors, AutoencoderEvaluation test, Evidence evidence) {
    Results results = of(run.dataset()).with(of(test)).with(TrainingFigures.of(run, metrics));
    int levels = Bound.levels(network.likelihood(), data.medium());
    double distortion = Bound.distortion(nats(test), levels);
    results = results.with(ResultKeys.BOUND_DISTORTION, distortion);
    Optional<CodeShape> shape = network.codeShape();
    results = results.with(shape.map(this::ofCodes).orElseGet(() -> ofLatents(test, distortion)));
    for (FittedPrior prior : priors) {
      results = results.with(of(prior, shape.orElseThrow(), distortion));
    }
    for (Evidence.Drawn drawn : evidence.samples()) {
      results = results.with(ResultKeys.TIME_SAMPLE.of(drawn.prior()), drawn.seconds());
    }
    return withSavings(results);
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
    return AutoencoderEvaluation.of(autoencoder.model(), this::calibrated, run.batches(Split.TEST));
  }

  private Likelihood calibrated(Likelihood trained) {
    return trained.calibrated(validationError);
  }

  private double validationError() {
    Replicas<ModelNetwork> model = autoencoder.model();
    UnaryOperator<Likelihood> trained = UnaryOperator.identity();
    return network.canDraw()
        ? DrawnEvaluation.of(model, trained, run.batches(Split.VALIDATION)).meanSquaredError()
        : AutoencoderEvaluation.of(model, trained, run.batches(Split.VALIDATION))
            .meanSquaredError();
  }

  /** -ln p(x | z) of the bound: z is drawn where the model draws. */
  private double nats(AutoencoderEvaluation test) {
    return network.canDraw()
        ? DrawnEvaluation.of(autoencoder.model(), this::calibrated, run.batches(Split.TEST)).nats()
        : test.nats();
  }

  private Results of(Dataset dataset) {
    return Results.empty()
        .with(ResultKeys.EXPERIMENT, run.settings().name())
        .with(ResultKeys.SEED, run.settings().seed())
        .with(ResultKeys.DATA_NAME, run.config().selected(Dataset.class).type())
        .with(ResultKeys.DATA_FINGERPRINT, dataset.fingerprint())
        .with(ResultKeys.TRAIN_EXAMPLES, dataset.examples(Split.TRAIN).size())
        .with(ResultKeys.VALIDATION_EXAMPLES, dataset.examples(Split.VALIDATION).size())
        .with(ResultKeys.TEST_EXAMPLES, dataset.examples(Split.TEST).size())
        .with(ResultKeys.DATA_VALUES, data.values())
        .with(ResultKeys.DATA_VARIANCE, autoencoder.data().variance())
        .with(ResultKeys.LATENT_DIM, network.latentDim())
        .with(ResultKeys.LATENT_POSITIONS, network.latentGrid().positions());
  }

  private Results of(AutoencoderEvaluation test) {
    Results results =
        Results.empty()
            .with(ResultKeys.TEST_MSE, test.meanSquaredError())
            .with(ResultKeys.TEST_NMSE, nmse(test.meanSquaredError()));
    for (Term term : test.terms()) {
      results =
          results
              .with(ResultKeys.testLoss(term), term.value())
              .with(ResultKeys.TEST_WEIGHT.of(term.name()), term.weight());
    }
    for (Map.Entry<String, Double> figure : calibrated(network.likelihood()).figures().entrySet()) {
      results = results.with(ResultKeys.TEST_LIKELIHOOD.of(figure.getKey()), figure.getValue());
    }
    for (Map.Entry<String, Double> figure : test.figures().entrySet()) {
      results = results.with(ResultKeys.TEST_LATENTS.of(figure.getKey()), figure.getValue());
    }
    return test.usage().isPresent() ? results.with(of(test.usage().get(), test)) : results;
  }

  private static Results of(CodeUsages usages, AutoencoderEvaluation test) {
    Results results = Results.empty();
    List<CodebookName> names = CodebookName.of(usages.shape());
    for (int i = 0; i < names.size(); i++) {
      CodebookName codebook = names.get(i);
      CodeUsages.Codebook usage = usages.all().get(i);
      int positions = usages.shape().map(codebook.map()).positions();
      results =
          results
              .with(ResultKeys.CODEBOOK_SIZE.of(codebook.name()), codebook.size())
              .with(ResultKeys.CODEBOOK_PERPLEXITY.of(codebook.name()), usage.usage().perplexity())
              .with(ResultKeys.CODEBOOK_PERPLEXITY_CODES.of(codebook.name()), usage.usage().total())
              .with(ResultKeys.CODEBOOK_USED.of(codebook.name()), usage.usage().used())
              .with(
                  ResultKeys.CODEBOOK_BATCH_PERPLEXITY.of(codebook.name()),
                  test.batchPerplexities().get(i))
              .with(
                  ResultKeys.CODEBOOK_BATCH_PERPLEXITY_CODES.of(codebook.name()),
                  (double) test.batchExamples() * positions);
    }
    return results;
  }

  private double nmse(double meanSquaredError) {
    return meanSquaredError / autoencoder.data().variance();
  }

  private Results ofCodes(CodeShape shape) {
    Results results =
        Results.empty()
            .with(ResultKeys.CODES, shape.codes())
            .with(ResultKeys.CODE_BITS, shape.uniformBits())
            .with(new Probes(run).results());
    PartsEvaluation parts =
        PartsEvaluation.of(autoencoder.model(), this::calibrated, run.batches(Split.TEST));
    for (int i = 0; i < parts.levels().size(); i++) {
      PartsEvaluation.Level level = parts.levels().get(i);
      String name = String.valueOf(i + 1);
      results =
          results
              .with(ResultKeys.LEVEL_NMSE.of(name), nmse(level.meanSquaredError()))
              .with(ResultKeys.LEVEL_NLL.of(name), level.nats())
              .with(ResultKeys.LEVEL_BITS.of(name), shape.truncated(i + 1).uniformBits());
    }
    for (CodeMap map : shape.maps()) {
      Double error = parts.maps().get(map.name());
      if (error != null) {
        results =
            results
                .with(ResultKeys.MAP_NMSE.of(map.name()), nmse(error))
                .with(ResultKeys.MAP_BITS.of(map.name()), map.uniformBits());
      }
    }
    return results;
  }

  /** The rate and the bound of a model whose latents have a prior of their own. */
  private Results ofLatents(AutoencoderEvaluation test, double distortion) {
    if (!network.canDraw()) {
      return Results.empty();
    }
    Bound bound = new Bound(distortion, Bound.latentsRate(test.terms()));
    return Results.empty()
        .with(ResultKeys.LATENTS_RATE, bound.rate())
        .with(ResultKeys.LATENTS_TOTAL, bound.total())
        .with(ResultKeys.LATENTS_ELBO, bound.elbo(testValues()));
  }

  private Results of(FittedPrior prior, CodeShape shape, double distortion) {
    double bits = prior.bitsPerCode(run.codeBatches(Split.TEST));
    double ofExample = bits * shape.codes();
    Bound bound = new Bound(distortion, Bound.rate(ofExample, testValues()));
    return Results.empty()
        .with(ResultKeys.PRIOR_BITS.of(prior.name()), bits)
        .with(ResultKeys.PRIOR_EXAMPLE_BITS.of(prior.name()), ofExample)
        .with(ResultKeys.BOUND_RATE.of(prior.name()), bound.rate())
        .with(ResultKeys.BOUND_TOTAL.of(prior.name()), bound.total());
  }

  /** Values of a test example that are data, the mean: the distortion is of those alone. */
  private double testValues() {
    Examples test = run.dataset().examples(Split.TEST);
    return data.channels()
        * IntStream.range(0, test.size()).map(i -> test.positions(i, data)).average().orElseThrow();
  }

  /** What each prior saves over the last of the baselines, which knows the codes' frequencies. */
  private Results withSavings(Results results) {
    Optional<String> baseline = RunReport.compared(run, results);
    if (baseline.isEmpty()) {
      return results;
    }
    double bits = results.number(ResultKeys.PRIOR_BITS.of(baseline.get())).orElseThrow();
    Results all = results.with(ResultKeys.BASELINE, baseline.get());
    for (String prior : results.priors()) {
      if (!prior.equals(baseline.get())) {
        double own = results.number(ResultKeys.PRIOR_BITS.of(prior)).orElseThrow();
        all = all.with(ResultKeys.PRIOR_BELOW_BASELINE.of(prior), 1 - own / bits);
      }
    }
    return all;
  }
}
