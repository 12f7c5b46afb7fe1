package org.vqvae.priors;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Cut;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.priors.FeatureMap.Extent;
import org.vqvae.priors.GatedLayer.Stacks;

/**
 * A learned vector for each code, shown to the vertical stack one row further down and to the
 * horizontal stack one column further right: from there on a stack may look at a position's own
 * features, for they know only codes before it. What is shifted out of the grid is never seen, what
 * is shifted in is zero.
 */
final class CodeEmbedding {
  private final Kernels kernels;
  private final int channels;
  private final Parameter table;
  private final Buffers buffers = new Buffers();
  private int[] codes = {};

  CodeEmbedding(Scope scope, Kernels kernels, int codebookSize, int channels) {
    this.kernels = kernels;
    this.channels = channels;
    table = scope.learned("embedding/w", Initializers.normal(1), codebookSize, channels);
  }

  Parameter table() {
    return table;
  }

  /** Writes the vectors of codes to {@code rows}, {@code [codes, channels]}. */
  void lookUp(int[] someCodes, INDArray rows) {
    kernels.gatherRows(table.value(), someCodes, rows);
  }

  /** The first layer's input. */
  Stacks forward(int[] newCodes, Extent extent) {
    codes = newCodes;
    FeatureMap vectors = FeatureMap.of(buffers, "vectors", extent, channels);
    FeatureMap down = FeatureMap.of(buffers, "down", extent, channels);
    FeatureMap right = FeatureMap.of(buffers, "right", extent, channels);
    lookUp(codes, vectors.rows());
    int row = extent.width() * channels;
    shift(vectors, down, extent.examples(), extent.height() * row, row);
    shift(vectors, right, extent.examples() * extent.height(), row, channels);
    return new Stacks(down, right);
  }

  /** Moves all values of each of {@code pieces} pieces of memory on by {@code distance}. */
  private static void shift(FeatureMap from, FeatureMap to, int pieces, int length, int distance) {
    if (length > distance) {
      INDArray kept = columns(from, pieces, length, 0, length - distance);
      columns(to, pieces, length, distance, length).assign(kept);
    }
  }

  private static INDArray columns(FeatureMap map, int rows, int columns, int from, int to) {
    return map.grid()
        .reshape(rows, columns)
        .get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }

  /** Sets the table's gradient from that of {@link #forward}'s result. */
  void backward(Stacks stacks, Extent extent) {
    kernels.clear(table.gradient());
    addShifted(stacks.requireVertical(), extent.height() * extent.width(), extent.width());
    addShifted(stacks.horizontal(), extent.width(), 1);
  }

  /**
   * Adds the gradient at each position to the code that was shown there, {@code distance} positions
   * before in the same piece.
   */
  private void addShifted(FeatureMap map, int piece, int distance) {
    INDArray gradient = map.rows().castTo(table.gradient().dataType());
    for (int start = 0; start < codes.length && distance < piece; start += piece) {
      int[] shown = Arrays.copyOfRange(codes, start, start + piece - distance);
      INDArray there = new Cut.Range(start + distance, start + piece).of(gradient);
      kernels.addRows(there, shown, table.gradient());
    }
  }
}
