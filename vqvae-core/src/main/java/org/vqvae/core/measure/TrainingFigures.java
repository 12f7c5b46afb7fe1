package org.vqvae.core.measure;

import java.util.List;
import java.util.Map;
import org.vqvae.core.report.CodebookName;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.core.stage.AutoencoderTask;
import org.vqvae.core.stage.Extraction;
import org.vqvae.core.stage.PriorTask;
import org.vqvae.core.stage.TrainedRun;
import org.vqvae.core.store.MetricsLog;
import org.vqvae.core.training.Metrics;

/** The figures of a run's training, from what was written while it trained. */
final class TrainingFigures {
  private TrainingFigures() {}

  static Results of(TrainedRun run, List<MetricsLog.Line> metrics) {
    Results results = Results.empty();
    for (MetricsLog.Line line : metrics) {
      if (line.stage().equals(AutoencoderTask.STAGE) && line.values().containsKey("nll")) {
        results = results.with(ofAutoencoder(run, line));
      } else if (line.stage().equals(Extraction.STAGE)) {
        results = results.with(ResultKeys.TIME_EXTRACT, line.seconds());
      } else if (line.stage().equals(PriorTask.STAGE)) {
        String prior = run.chosenPrior();
        results =
            results
                .with(ResultKeys.PRIOR_STEPS.of(prior), line.step())
                .with(ResultKeys.TIME_PRIOR.of(prior), line.seconds());
      }
    }
    return results;
  }

  private static Results ofAutoencoder(TrainedRun run, MetricsLog.Line line) {
    Results results =
        Results.empty()
            .with(ResultKeys.TRAIN_STEPS, line.step())
            .with(ResultKeys.TIME_TRAIN, line.seconds())
            .with(ResultKeys.TIME_TRAIN_STEP, 1000 * line.seconds() / line.step());
    Map<String, Double> values = line.values();
    for (Map.Entry<String, Double> figure : values.entrySet()) {
      if (isTerm(figure.getKey())) {
        results = results.with(ResultKeys.TRAIN_LOSS.of(figure.getKey()), figure.getValue());
      }
    }
    Double perplexity = values.get(Metrics.BATCH_PERPLEXITY);
    if (perplexity != null && run.autoencoder().codeShape().isSingle()) {
      String only = CodebookName.of(run.autoencoder().codeShape()).get(0).name();
      results = results.with(ResultKeys.CODEBOOK_TRAIN_BATCH_PERPLEXITY.of(only), perplexity);
    }
    return results;
  }

  /** Whether a training figure is a term of the loss: it is no figure of codes or validation. */
  static boolean isTerm(String metric) {
    return !metric.equals(Metrics.BATCH_PERPLEXITY)
        && !metric.equals(Metrics.BATCH_CODES_USED)
        && !metric.startsWith(Metrics.validation(""));
  }
}
