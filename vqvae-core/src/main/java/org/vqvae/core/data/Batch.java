package org.vqvae.core.data;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Condition;
import org.vqvae.core.nn.Cut;

/**
 * Some examples of a split, side by side.
 *
 * @param data {@code [N, ...grid, channels]}; valid until the {@link Batches} that made it makes
 *     its next batch of as many examples
 * @param condition the classes of the N examples; nothing when the data has no classes
 * @param indices where the N examples are in their split
 * @param positions how many positions of each example are data, see {@link Examples#positions}
 */
public record Batch(INDArray data, Condition condition, int[] indices, int[] positions) {

  public int size() {
    return indices.length;
  }

  /**
   * The examples {@code from} to {@code to} (exclusive).
   *
   * @return a batch whose data is a view of this one's; what reads it must not use INDArray.get or
   *     slice, which are wrong for views (ND4J 1.0.0-M2.1)
   */
  public Batch part(int from, int to) {
    if (from < 0 || to > size() || from >= to) {
      throw new IndexOutOfBoundsException(
          "examples %d to %d of a batch of %d".formatted(from, to, size()));
    }
    return new Batch(
        new Cut.Range(from, to).of(data),
        condition.examples(from, to),
        Arrays.copyOfRange(indices, from, to),
        Arrays.copyOfRange(positions, from, to));
  }
}
