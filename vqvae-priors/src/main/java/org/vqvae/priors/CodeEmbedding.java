package org.vqvae.priors;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scatter.ScatterUpdate;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.priors.FeatureMap.Extent;
import org.vqvae.priors.GatedLayer.Stacks;

/**
 * A learned vector for each code, shown to the vertical stack one row further down and to the
 * horizontal stack one column further right: from there on a stack may look at a position's own
 * features, for they know only codes before it.
 */
final class CodeEmbedding {
  private final int channels;
  private final Parameter table;
  private final Buffers buffers = new Buffers();
  private int[] codes = {};

  CodeEmbedding(int codebookSize, int channels) {
    this.channels = channels;
    table = Parameter.learned("embedding/w", Fill.normal(1), codebookSize, channels);
  }

  Parameter table() {
    return table;
  }

  /** Writes the vectors of codes to {@code rows}, {@code [codes, channels]}. */
  void lookUp(int[] someCodes, INDArray rows) {
    Nd4j.pullRows(table.value(), rows, 1, someCodes);
  }

  /** The first layer's input. */
  Stacks forward(int[] newCodes, Extent extent) {
    codes = newCodes;
    FeatureMap vectors = FeatureMap.of(buffers, "vectors", extent, channels);
    FeatureMap down = FeatureMap.of(buffers, "down", extent, channels);
    FeatureMap right = FeatureMap.of(buffers, "right", extent, channels);
    lookUp(codes, vectors.rows());
    if (extent.height() > 1) {
      rowsFrom(1, down, extent).assign(rowsTo(-1, vectors, extent));
    }
    if (extent.width() > 1) {
      columnsFrom(1, right, extent).assign(columnsTo(-1, vectors, extent));
    }
    return new Stacks(down, right);
  }

  /** Sets the table's gradient from that of {@link #forward}'s result. */
  void backward(Stacks gradient, Extent extent) {
    FeatureMap sum = FeatureMap.of(buffers, "gradient", extent, channels);
    sum.rows().assign(0);
    if (extent.height() > 1) {
      rowsTo(-1, sum, extent).addi(rowsFrom(1, gradient.requireVertical(), extent));
    }
    if (extent.width() > 1) {
      columnsTo(-1, sum, extent).addi(columnsFrom(1, gradient.horizontal(), extent));
    }
    table.gradient().assign(0);
    Nd4j.scatterUpdate(
        ScatterUpdate.UpdateOp.ADD, table.gradient(), Nd4j.createFromArray(codes), sum.rows(), 1);
  }

  private static INDArray rowsFrom(int first, FeatureMap map, Extent extent) {
    return map.grid().get(all(), interval(first, extent.height()), all(), all());
  }

  private static INDArray rowsTo(int end, FeatureMap map, Extent extent) {
    return map.grid().get(all(), interval(0, extent.height() + end), all(), all());
  }

  private static INDArray columnsFrom(int first, FeatureMap map, Extent extent) {
    return map.grid().get(all(), all(), interval(first, extent.width()), all());
  }

  private static INDArray columnsTo(int end, FeatureMap map, Extent extent) {
    return map.grid().get(all(), all(), interval(0, extent.width() + end), all());
  }
}
