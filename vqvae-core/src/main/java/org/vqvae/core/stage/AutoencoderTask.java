package org.vqvae.core.stage;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vqvae.core.CodeUsages;
import org.vqvae.core.data.Batches;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.training.AutoencoderTrainer;
import org.vqvae.core.training.Contribution;
import org.vqvae.core.training.Metrics;
import org.vqvae.core.training.Trained;
import org.vqvae.core.training.TrainingTask;

/**
 * Stage 1, step by step: the autoencoder learns to reconstruct.
 *
 * @param firstValues where those of the parameters come from
 * @param parts how many parts at least a batch is computed in
 */
public record AutoencoderTask(
    AutoencoderTrainer trainer,
    RandomStream firstValues,
    Batches training,
    Batches validation,
    int parts,
    double dataVariance)
    implements TrainingTask {
  public static final String STAGE = "autoencoder";

  @Override
  public String stage() {
    return STAGE;
  }

  @Override
  public Trained network() {
    return trainer.trained();
  }

  @Override
  public void begin() {
    trainer.initialize(firstValues);
  }

  @Override
  public Map<String, Double> step(long step) {
    Contribution result = trainer.train(training.shuffled(step), step, parts);
    Map<String, Double> figures = new LinkedHashMap<>();
    result.terms().forEach(term -> figures.put(term.name(), term.value()));
    result
        .codes()
        .map(CodeUsages::of)
        .ifPresent(
            usage -> {
              figures.put(Metrics.BATCH_PERPLEXITY, usage.batchPerplexity());
              figures.put(Metrics.BATCH_CODES_USED, (double) usage.used());
            });
    return figures;
  }

  @Override
  public Map<String, Double> evaluate() {
    AutoencoderEvaluation evaluation = AutoencoderEvaluation.of(trainer.model(), validation);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(Metrics.VALIDATION_NMSE, evaluation.meanSquaredError() / dataVariance);
    evaluation.terms().forEach(term -> figures.put(Metrics.validation(term.name()), term.value()));
    evaluation.figures().forEach((name, value) -> figures.put(Metrics.validation(name), value));
    evaluation
        .usage()
        .ifPresent(
            usage -> {
              figures.put(Metrics.VALIDATION_PERPLEXITY, usage.perplexity());
              figures.put(Metrics.VALIDATION_CODES_USED, (double) usage.used());
            });
    return figures;
  }
}
