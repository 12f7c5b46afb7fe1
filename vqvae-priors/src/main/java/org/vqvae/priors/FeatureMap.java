package org.vqvae.priors;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.nn.Buffers;

/**
 * The features of every position, twice: as convolutions and as matrix products want them. Both are
 * the same memory.
 *
 * @param grid {@code [N, H, W, C]}
 * @param rows {@code [N * H * W, C]}
 */
record FeatureMap(INDArray grid, INDArray rows) {

  /** The extent of a batch of feature maps, and their data type. */
  record Extent(DataType type, int examples, int height, int width) {
    int rows() {
      return examples * height * width;
    }
  }

  /** The map of that name, extent and number of channels among {@code buffers}. */
  static FeatureMap of(Buffers buffers, String name, Extent extent, int channels) {
    INDArray grid =
        buffers.get(
            name, extent.type(), extent.examples(), extent.height(), extent.width(), channels);
    return new FeatureMap(grid, grid.reshape(extent.rows(), channels));
  }
}
