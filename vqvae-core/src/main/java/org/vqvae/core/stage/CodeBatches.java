package org.vqvae.core.stage;

import java.util.stream.IntStream;
import org.vqvae.core.Condition;
import org.vqvae.core.data.EpochOrder;
import org.vqvae.core.store.CodeStore;
import org.vqvae.core.training.CodeBatch;

/**
 * Batches of stored codes: shuffled for training, where they follow from seed and step alone, and
 * in order.
 */
public final class CodeBatches {
  private final CodeStore store;
  private final int batchSize;
  private final boolean labelled;
  private final EpochOrder order;

  /**
   * @param conditional whether the batches have labels
   */
  public CodeBatches(CodeStore store, int batchSize, boolean conditional, long seed) {
    this.store = store;
    this.batchSize = batchSize;
    this.labelled = conditional;
    this.order = new EpochOrder(seed, "shuffle/codes", store.size());
  }

  CodeBatch shuffled(long step) {
    return read(order.batch(step, batchSize));
  }

  /** Every example once, in order; the last batch may be smaller. */
  Iterable<CodeBatch> inOrder() {
    int count = (store.size() + batchSize - 1) / batchSize;
    return () -> IntStream.range(0, count).mapToObj(this::inOrder).iterator();
  }

  /** Every example at once. */
  CodeBatch all() {
    return read(IntStream.range(0, store.size()).toArray());
  }

  private CodeBatch inOrder(int number) {
    int first = number * batchSize;
    return read(IntStream.range(first, Math.min(first + batchSize, store.size())).toArray());
  }

  private CodeBatch read(int[] indices) {
    return new CodeBatch(
        store.codes(indices), labelled ? store.condition(indices) : Condition.NONE);
  }
}
