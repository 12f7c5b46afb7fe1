package org.vqvae.core.stage;

import java.util.List;
import org.vqvae.core.nn.Cut;
import org.vqvae.core.nn.PriorModel;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.training.CodeBatch;

/** Measures what codes cost under a prior. */
final class PriorEvaluator {
  private static final double LN2 = Math.log(2);

  private PriorEvaluator() {}

  /** -log2 p(code | codes before it), the mean over all codes of all examples. */
  static double bitsPerCode(Replicas<PriorModel> prior, CodeBatches batches) {
    double nats = 0;
    long examples = 0;
    for (CodeBatch batch : batches.inOrder()) {
      List<Cut.Range> ranges = Cut.of(batch.size(), batch.codes().shape().codes());
      for (double part :
          prior.map(ranges.size(), (replica, i) -> nats(replica.network(), batch, ranges.get(i)))) {
        nats += part;
      }
      examples += batch.size();
    }
    return nats / examples / LN2;
  }

  private static double nats(PriorModel prior, CodeBatch batch, Cut.Range range) {
    CodeBatch part = batch.part(range.from(), range.to());
    return part.size() * prior.nats(part.codes(), part.condition());
  }
}
