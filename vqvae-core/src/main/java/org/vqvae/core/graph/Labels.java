package org.vqvae.core.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Labels on their way through a graph, whose edges are arrays: no labels at all are an array of -1.
 */
final class Labels {
  private Labels() {}

  static INDArray toArray(int @Nullable [] labels, long examples) {
    if (labels == null) {
      int[] none = new int[Math.toIntExact(examples)];
      Arrays.fill(none, -1);
      return Nd4j.createFromArray(none);
    }
    return Nd4j.createFromArray(labels);
  }

  static int @Nullable [] fromArray(INDArray array) {
    int[] labels = array.toIntVector();
    return labels.length > 0 && labels[0] < 0 ? null : labels;
  }
}
