package org.vqvae.core.experiment;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.PriorNetwork;

/** Measures what codes cost under a prior. */
record PriorEvaluator(CodeLoss loss) {
  private static final double LN2 = Math.log(2);

  /** -log2 p(code | codes before it), the mean over all codes of all examples. */
  double bitsPerCode(PriorNetwork prior, CodeBatches batches) {
    double nats = 0;
    long examples = 0;
    for (CodeBatches.Batch batch : batches.inOrder()) {
      INDArray logits = prior.logits(batch.codes(), batch.labels(), Phase.EVAL);
      nats += batch.size() * loss.nats(logits, batch.codes());
      examples += batch.size();
    }
    return nats / examples / LN2;
  }
}
