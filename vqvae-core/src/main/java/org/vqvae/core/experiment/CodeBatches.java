package org.vqvae.core.experiment;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.data.EpochOrder;
import org.vqvae.core.store.CodeStore;

/**
 * Batches of stored codes: shuffled for training, where they follow from seed and step alone, and
 * in order.
 */
final class CodeBatches {
  private final CodeStore store;
  private final int batchSize;
  private final boolean labelled;
  private final EpochOrder order;

  /**
   * Some examples' codes.
   *
   * @param codes of N examples, one after another
   * @param labels the N labels; null when the prior is not told them
   */
  record Batch(int[] codes, int @Nullable [] labels, int size) {}

  /**
   * @param conditional whether the batches have labels
   */
  CodeBatches(CodeStore store, int batchSize, boolean conditional, long seed) {
    this.store = store;
    this.batchSize = batchSize;
    this.labelled = conditional;
    this.order = new EpochOrder(seed, "shuffle/codes", store.size());
  }

  Batch shuffled(long step) {
    return read(order.batch(step, batchSize));
  }

  /** Every example once, in order; the last batch may be smaller. */
  Iterable<Batch> inOrder() {
    int count = (store.size() + batchSize - 1) / batchSize;
    return () -> IntStream.range(0, count).mapToObj(this::inOrder).iterator();
  }

  private Batch inOrder(int number) {
    int first = number * batchSize;
    return read(IntStream.range(first, Math.min(first + batchSize, store.size())).toArray());
  }

  private Batch read(int[] indices) {
    int positions = store.info().space().positions();
    int[] codes = new int[indices.length * positions];
    for (int i = 0; i < indices.length; i++) {
      store.codes(indices[i], codes, i * positions);
    }
    int[] labels = labelled ? Arrays.stream(indices).map(store::label).toArray() : null;
    return new Batch(codes, labels, indices.length);
  }
}
