package org.vqvae.core;

import java.util.List;

/**
 * The form of the examples of a data set.
 *
 * @param medium pictures or sound
 * @param grid {@code [height, width]} of a picture, {@code [time]} of a stretch of sound
 * @param channels values per position: 1 or 3 for pictures, 1 for mono sound
 * @param classes names of the classes, in the order of their labels; empty when the data has none
 * @param sampleRate values per second of sound; 0 for pictures
 */
public record DataSpec(
    Medium medium, Grid grid, int channels, List<String> classes, int sampleRate) {

  /** What the examples are to a person. */
  public enum Medium {
    IMAGE,
    AUDIO
  }

  public DataSpec {
    classes = List.copyOf(classes);
    if (channels < 1) {
      throw new IllegalArgumentException("channels must be at least 1 but was " + channels);
    }
    if (medium == Medium.AUDIO ? sampleRate < 1 : sampleRate != 0) {
      throw new IllegalArgumentException(
          "sampleRate must be at least 1 for sound and 0 for pictures but was " + sampleRate);
    }
  }

  /** Pictures. */
  public static DataSpec ofImages(Grid grid, int channels, List<String> classes) {
    return new DataSpec(Medium.IMAGE, grid, channels, classes, 0);
  }

  /**
   * Stretches of mono sound.
   *
   * @param samples of one example
   */
  public static DataSpec ofSound(int samples, int sampleRate, List<String> classes) {
    return new DataSpec(Medium.AUDIO, new Grid(samples), 1, classes, sampleRate);
  }

  /** The same form in another size. */
  public DataSpec withGrid(Grid other) {
    return new DataSpec(medium, other, channels, classes, sampleRate);
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
