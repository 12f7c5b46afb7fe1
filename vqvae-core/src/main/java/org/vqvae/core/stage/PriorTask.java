package org.vqvae.core.stage;

import java.util.Map;
import java.util.function.DoubleConsumer;
import org.vqvae.core.training.Metrics;
import org.vqvae.core.training.PriorTrainer;
import org.vqvae.core.training.Trained;
import org.vqvae.core.training.TrainingTask;

/**
 * Stage 2, step by step: a prior learns to predict codes.
 *
 * @param parts how many parts at least a batch is computed in
 * @param evaluated receives the bits of every evaluation
 */
public record PriorTask(
    PriorTrainer trainer,
    CodeBatches training,
    CodeBatches validation,
    int parts,
    DoubleConsumer evaluated)
    implements TrainingTask {
  public static final String STAGE = "prior";
  private static final double LN2 = Math.log(2);

  @Override
  public String stage() {
    return STAGE;
  }

  @Override
  public Trained network() {
    return trainer.trained();
  }

  @Override
  public Map<String, Double> step(long step) {
    double nats = trainer.train(training.shuffled(step), step, parts);
    return Map.of(Metrics.BITS_PER_CODE, nats / LN2);
  }

  @Override
  public Map<String, Double> evaluate() {
    double bits = PriorEvaluator.bitsPerCode(trainer.prior(), validation);
    evaluated.accept(bits);
    return Map.of(Metrics.VALIDATION_BITS_PER_CODE, bits);
  }
}
