package org.vqvae.core;

import java.util.List;

/**
 * The form of the examples of a data set.
 *
 * @param medium what they are, such as pictures or sound
 * @param grid {@code [height, width]} of a picture, {@code [time]} of a stretch of sound
 * @param channels values per position: 1 or 3 for pictures, 1 for mono sound
 * @param classes names of the classes, in the order of their labels; empty when the data has none
 * @param rate positions per second along the first dimension; 0 for what has no time, such as
 *     pictures
 */
public record DataSpec(Medium medium, Grid grid, int channels, List<String> classes, double rate) {

  public DataSpec {
    classes = List.copyOf(classes);
    if (channels < 1) {
      throw new IllegalArgumentException("channels must be at least 1 but was " + channels);
    }
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("rate must be at least 0 and finite but was " + rate);
    }
  }

  /** The same form in another size. */
  public DataSpec withGrid(Grid other) {
    return new DataSpec(medium, other, channels, classes, rate);
  }

  /** Features of such examples: the same medium and classes, another grid and other channels. */
  public DataSpec ofFeatures(Grid other, int features) {
    return new DataSpec(medium, other, features, classes, 0);
  }

  /** Whether the first dimension is time. */
  public boolean isTimed() {
    return rate > 0;
  }

  /** The shape {@code [batch, ...grid, channels]} of a batch of examples. */
  public long[] batchShape(int batch) {
    return grid.arrayShape(batch, channels);
  }

  /** The number of values of one example. */
  public int values() {
    return Math.multiplyExact(grid.positions(), channels);
  }
}
