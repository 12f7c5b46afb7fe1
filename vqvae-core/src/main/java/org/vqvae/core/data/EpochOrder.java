package org.vqvae.core.data;

import org.vqvae.core.random.RandomStream;

/**
 * The order in which training visits the examples of a set: a new permutation every epoch, all of
 * them joined into one endless sequence.
 *
 * <p>Batch {@code s} of size B is the positions {@code s * B ... s * B + B - 1} of that sequence,
 * so a batch may begin in one epoch and end in the next, every example is seen equally often, and
 * which examples a step sees follows from (seed, name, step) alone: training goes on from a step
 * number, with no other state. Not thread-safe (it remembers the last epoch's permutation).
 */
public final class EpochOrder {
  private final long seed;
  private final String name;
  private final int size;
  private long epoch = -1;
  private int[] order = {};

  /**
   * @param name tells apart the orders that one experiment's seed gives, for example {@code
   *     shuffle/train}
   * @param size how many examples there are
   */
  public EpochOrder(long seed, String name, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("there must be at least 1 example but size was " + size);
    }
    this.seed = seed;
    this.name = name;
    this.size = size;
  }

  /** The examples of batch {@code step}, counted from 0. */
  public int[] batch(long step, int batchSize) {
    if (step < 0 || batchSize < 1) {
      throw new IllegalArgumentException(
          "step must be at least 0 and batchSize at least 1 but were "
              + step
              + " and "
              + batchSize);
    }
    long first = Math.multiplyExact(step, batchSize);
    int[] indices = new int[batchSize];
    for (int i = 0; i < batchSize; i++) {
      indices[i] = at(first + i);
    }
    return indices;
  }

  private int at(long position) {
    if (position / size != epoch) {
      epoch = position / size;
      order = RandomStream.of(seed, name + "/" + epoch).permutation(size);
    }
    return order[(int) (position % size)];
  }
}
