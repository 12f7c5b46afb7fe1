package org.vqvae.core.data;

import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;

/**
 * One example, of any size.
 *
 * @param spec its form; the grid is its own
 * @param values {@link DataSpec#values} of them, in channels-last order, scaled as {@link
 *     Examples#read} says
 */
public record Example(DataSpec spec, float[] values) {

  public Example {
    if (values.length != spec.values()) {
      throw new IllegalArgumentException(
          "an example of grid %s and %d channels has %d values but there are %d"
              .formatted(spec.grid(), spec.channels(), spec.values(), values.length));
    }
  }

  /** This example, cut off or filled up with zeros at the end of each dimension. */
  public Example resized(Grid grid) {
    Example resized = this;
    for (int dimension = 0; dimension < grid.rank(); dimension++) {
      resized = resized.resized(dimension, grid.size(dimension));
    }
    return resized;
  }

  private Example resized(int dimension, int size) {
    int[] sizes = spec.grid().sizes();
    int before = sizes[dimension];
    if (before == size) {
      return this;
    }
    int inner = spec.channels();
    for (int i = dimension + 1; i < sizes.length; i++) {
      inner *= sizes[i];
    }
    sizes[dimension] = size;
    DataSpec form = spec.withGrid(new Grid(sizes));
    float[] result = new float[form.values()];
    int kept = Math.min(before, size) * inner;
    for (int i = 0; i < values.length / (before * inner); i++) {
      System.arraycopy(values, i * before * inner, result, i * size * inner, kept);
    }
    return new Example(form, result);
  }
}
