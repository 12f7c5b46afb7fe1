package org.vqvae.core.training;

import org.vqvae.core.Phase;

/** Computes a batch in parts, one after the other, and adds what they contribute. */
final class Accumulation {
  private Accumulation() {}

  /** Cuts the examples {@code from} to {@code to} (exclusive) out of a batch. */
  @FunctionalInterface
  interface Cut<B> {
    B part(B batch, int from, int to);
  }

  /**
   * The contribution of a whole batch.
   *
   * @param size examples of the batch
   * @param parts how many; no more than there are examples
   */
  static <B> Contribution of(
      Trainable<B> network, B batch, Cut<B> cut, int size, long step, int parts) {
    int count = Math.min(parts, size);
    if (count == 1) {
      return network.compute(batch, Phase.train(step, 0));
    }
    Contribution sum = null;
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) size * i / count);
      int to = (int) ((long) size * (i + 1) / count);
      Contribution part =
          network.compute(cut.part(batch, from, to), Phase.train(step, from)).detached();
      sum = sum == null ? part : sum.plus(part);
    }
    return java.util.Objects.requireNonNull(sum);
  }
}
