package org.vqvae.core.experiment;

import java.util.Map;
import java.util.function.DoubleConsumer;
import org.vqvae.core.graph.PriorModel;
import org.vqvae.core.graph.Trained;

/**
 * Stage 2, step by step: a prior learns to predict codes.
 *
 * @param evaluated told about every evaluation
 */
record PriorTask(
    PriorModel model,
    CodeBatches training,
    CodeBatches validation,
    PriorEvaluator evaluator,
    DoubleConsumer evaluated)
    implements TrainingTask {
  static final String STAGE = "prior";
  private static final double LN2 = Math.log(2);

  @Override
  public String stage() {
    return STAGE;
  }

  @Override
  public Trained network() {
    return model;
  }

  @Override
  public Map<String, Double> step(long step) {
    CodeBatches.Batch batch = training.shuffled(step);
    double nats = model.train(batch.codes(), batch.labels(), batch.size());
    return Map.of(Metrics.BITS_PER_CODE, nats / LN2);
  }

  @Override
  public Map<String, Double> evaluate() {
    double bits = evaluator.bitsPerCode(model.network(), validation);
    evaluated.accept(bits);
    return Map.of(Metrics.VALIDATION_BITS_PER_CODE, bits);
  }
}
