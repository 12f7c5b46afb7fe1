package org.vqvae.core;

import java.util.Arrays;

/**
 * The extent of an example or of its latents without batch and channels: {@code [height, width]}
 * for a picture, {@code [time]} for sound.
 */
public record Grid(int... sizes) {

  public Grid {
    sizes = sizes.clone();
    if (sizes.length == 0 || Arrays.stream(sizes).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "a grid needs positive sizes but was " + Arrays.toString(sizes));
    }
  }

  @Override
  public int[] sizes() {
    return sizes.clone();
  }

  public int rank() {
    return sizes.length;
  }

  public int size(int dimension) {
    return sizes[dimension];
  }

  /** The number of positions: the product of the sizes. */
  public int positions() {
    return Arrays.stream(sizes).reduce(1, Math::multiplyExact);
  }

  /** The shape {@code [batch, ...grid, channels]} of an array over this grid. */
  public long[] arrayShape(long batch, long channels) {
    long[] shape = new long[sizes.length + 2];
    shape[0] = batch;
    for (int i = 0; i < sizes.length; i++) {
      shape[i + 1] = sizes[i];
    }
    shape[shape.length - 1] = channels;
    return shape;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Grid that && Arrays.equals(sizes, that.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /** For example {@code 8x8}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int size : sizes) {
      text.append(text.isEmpty() ? "" : "x").append(size);
    }
    return text.toString();
  }
}
