package org.vqvae.core.stage;

import org.vqvae.core.Phase;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.Logits;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.training.CodeBatch;

/** Measures what codes cost under a prior. */
public record PriorEvaluator(CodeLoss loss) {
  private static final double LN2 = Math.log(2);

  /** -log2 p(code | codes before it), the mean over all codes of all examples. */
  public double bitsPerCode(PriorNetwork prior, CodeBatches batches) {
    double nats = 0;
    long examples = 0;
    for (CodeBatch batch : batches.inOrder()) {
      Logits logits = prior.logits(batch.codes(), batch.condition(), Phase.EVAL);
      nats += batch.size() * loss.nats(logits, batch.codes());
      examples += batch.size();
    }
    return nats / examples / LN2;
  }
}
