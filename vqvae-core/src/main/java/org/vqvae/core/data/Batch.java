package org.vqvae.core.data;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some examples of a split, side by side.
 *
 * @param data {@code [N, ...grid, channels]}; valid until the {@link Batches} that made it makes
 *     its next batch of as many examples
 * @param labels the N labels, or null when the data has no classes
 * @param indices where the N examples are in their split
 * @param positions how many positions of each example are data, see {@link Examples#positions}
 */
public record Batch(INDArray data, int @Nullable [] labels, int[] indices, int[] positions) {

  public int size() {
    return indices.length;
  }
}
