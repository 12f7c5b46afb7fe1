package org.vqvae.core.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vqvae.core.CodeUsage;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.graph.Autoencoder;
import org.vqvae.core.graph.Trained;

/** Stage 1, step by step: the autoencoder learns to reconstruct. */
public record AutoencoderTask(
    Autoencoder autoencoder, Batches training, Batches validation, double dataVariance)
    implements TrainingTask {
  static final String STAGE = "autoencoder";

  @Override
  public String stage() {
    return STAGE;
  }

  @Override
  public Trained network() {
    return autoencoder;
  }

  @Override
  public Map<String, Double> step(long step) {
    Batch batch = training.shuffled(step);
    Autoencoder.Step result = autoencoder.train(batch.data(), batch.labels());
    CodeUsage usage = CodeUsage.of(autoencoder.codeSpace().codebookSize(), result.codes());
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(Metrics.NATS, result.reconstruction());
    if (result.penalty() != 0) {
      figures.put(Metrics.PENALTY, result.penalty());
    }
    figures.put(Metrics.CODEBOOK_LOSS, result.codebookLoss());
    figures.put(Metrics.COMMITMENT_LOSS, result.commitmentLoss());
    figures.put(Metrics.BATCH_PERPLEXITY, usage.batchPerplexity());
    figures.put(Metrics.BATCH_CODES_USED, (double) usage.used());
    return figures;
  }

  @Override
  public Map<String, Double> evaluate() {
    AutoencoderEvaluation evaluation = AutoencoderEvaluation.of(autoencoder, validation);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(Metrics.VALIDATION_NATS, evaluation.nats());
    figures.put(Metrics.VALIDATION_NMSE, evaluation.meanSquaredError() / dataVariance);
    figures.put(Metrics.VALIDATION_PERPLEXITY, evaluation.usage().perplexity());
    figures.put(Metrics.VALIDATION_CODES_USED, (double) evaluation.usage().used());
    return figures;
  }
}
