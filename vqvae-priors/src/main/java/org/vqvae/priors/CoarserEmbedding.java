package org.vqvae.priors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Conditions;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;

/**
 * Features of each position of a map, made of the codes of coarser maps: the sum of a learned
 * vector for each code above the position. Above it is, in every coarser map, the position whose
 * centre is nearest.
 */
final class CoarserEmbedding {
  private final Kernels kernels;
  private final CodeShape coarser;
  private final int features;
  private final Parameter table;
  private final List<Source> sources = new ArrayList<>();
  private final Buffers buffers = new Buffers();
  private final List<int[]> rows = new ArrayList<>();

  /**
   * One codebook of one coarser map.
   *
   * @param above the coarser position above each position
   * @param firstRow the row of the codebook's first code in the table
   */
  private record Source(int map, int codebook, int[] above, int firstRow) {

    /** The row of the table for each position of each example. */
    int[] rows(Codes codes) {
      int[] rows = new int[codes.examples() * above.length];
      for (int i = 0; i < rows.length; i++) {
        int position = above[i % above.length];
        rows[i] = firstRow + codes.get(i / above.length, map, position, codebook);
      }
      return rows;
    }
  }

  /**
   * Makes the embedding.
   *
   * @param grid of the map that is conditioned
   * @param features F, the length of the vectors
   */
  private CoarserEmbedding(
      Scope scope, Kernels kernels, CodeShape coarser, Grid grid, int features) {
    this.kernels = kernels;
    this.coarser = coarser;
    this.features = features;
    int firstRow = 0;
    for (int m = 0; m < coarser.maps().size(); m++) {
      CodeMap map = coarser.map(m);
      int[] above = above(grid, map.grid());
      for (int codebook = 0; codebook < map.depth(); codebook++) {
        sources.add(new Source(m, codebook, above, firstRow));
        firstRow += map.codebookSizes().get(codebook);
      }
    }
    double deviation = 1 / Math.sqrt(sources.size());
    table = scope.learned("coarser/w", Initializers.normal(deviation), firstRow, features);
  }

  /**
   * The embedding of the codes that a map is conditioned on; null if there are none.
   *
   * @throws IncompatibleException if a coarser map has another number of dimensions
   */
  static @Nullable CoarserEmbedding of(
      Scope scope, Kernels kernels, Conditions conditions, CodeMap map, int features) {
    if (conditions.coarser().isEmpty()) {
      return null;
    }
    CodeShape coarser = conditions.coarser().get();
    for (CodeMap other : coarser.maps()) {
      if (other.grid().rank() != map.grid().rank()) {
        throw new IncompatibleException(
            "codes on a grid of %s cannot be conditioned on codes on a grid of %s: both need the same number of dimensions"
                .formatted(map.grid(), other.grid()));
      }
    }
    return new CoarserEmbedding(scope, kernels, coarser, map.grid(), features);
  }

  /** The coarser position above each position, both in raster order. */
  private static int[] above(Grid grid, Grid coarser) {
    int[] above = new int[grid.positions()];
    Arrays.setAll(above, position -> above(position, grid, coarser));
    return above;
  }

  private static int above(int position, Grid grid, Grid coarser) {
    int result = 0;
    int stride = 1;
    int left = position;
    for (int dimension = grid.rank() - 1; dimension >= 0; dimension--) {
      int size = grid.size(dimension);
      int place = left % size;
      result += stride * ((2 * place + 1) * coarser.size(dimension) / (2 * size));
      stride *= coarser.size(dimension);
      left /= size;
    }
    return result;
  }

  /** {@code [sum of K, F]}. */
  Parameter table() {
    return table;
  }

  /** F. */
  int features() {
    return features;
  }

  /**
   * Computes the features.
   *
   * @return {@code [N * positions, F]}, overwritten by the next call
   */
  INDArray forward(Condition condition, int examples) {
    Codes codes = require(condition, examples);
    rows.clear();
    sources.forEach(source -> rows.add(source.rows(codes)));
    DataType type = table.value().dataType();
    INDArray sum = buffers.get("sum", type, rows.get(0).length, features);
    kernels.gatherRows(table.value(), rows.get(0), sum);
    INDArray term = buffers.get("term", type, sum.shape());
    for (int[] others : rows.subList(1, rows.size())) {
      kernels.gatherRows(table.value(), others, term);
      kernels.add(term, sum);
    }
    return sum;
  }

  private Codes require(Condition condition, int examples) {
    if (condition.coarser().isEmpty()) {
      throw new IllegalArgumentException(
          "this prior is conditioned on the coarser codes %s and needs those of %d examples but got none"
              .formatted(coarser, examples));
    }
    Codes codes = condition.coarser().get();
    if (!codes.shape().equals(coarser) || codes.examples() != examples) {
      throw new IllegalArgumentException(
          "this prior is conditioned on the coarser codes %s and needs those of %d examples but got %s of %d examples"
              .formatted(coarser, examples, codes.shape(), codes.examples()));
    }
    return codes;
  }

  /**
   * Sets the table's gradient.
   *
   * @param gradient dL/d features of the last pass, {@code [N * positions, F]}
   */
  void backward(INDArray gradient) {
    kernels.clear(table.gradient());
    rows.forEach(ofSource -> kernels.addRows(gradient, ofSource, table.gradient()));
  }
}
