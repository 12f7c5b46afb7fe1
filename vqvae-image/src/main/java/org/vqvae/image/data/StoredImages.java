package org.vqvae.image.data;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.data.ContentDigest;
import org.vqvae.core.data.StoredExamples;
import org.vqvae.image.Pictures;

/** Pictures kept as bytes, one array each in channels-last order, and scaled when they are read. */
final class StoredImages implements StoredExamples {
  private static final float[] SCALED = new float[256];

  static {
    for (int b = 0; b < 256; b++) {
      SCALED[b] = b / 255f - 0.5f;
    }
  }

  private final byte[][] pictures;
  private final int[] labels;

  /** Keeps both arrays, which no one may change any more. */
  StoredImages(byte[][] pictures, int[] labels) {
    if (pictures.length != labels.length) {
      throw new IllegalArgumentException(
          pictures.length + " pictures but " + labels.length + " labels");
    }
    this.pictures = pictures;
    this.labels = labels;
  }

  /** Pictures {@code from} to {@code to - 1}, sharing their bytes. */
  StoredImages slice(int from, int to) {
    return select(IntStream.range(from, to).toArray());
  }

  /** The pictures of these indices, sharing their bytes. */
  StoredImages select(int[] indices) {
    byte[][] chosen = new byte[indices.length][];
    int[] theirLabels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      chosen[i] = pictures[indices[i]];
      theirLabels[i] = labels[indices[i]];
    }
    return new StoredImages(chosen, theirLabels);
  }

  /** The form of square pictures. */
  static DataSpec squares(int size, int channels, List<String> classes) {
    return Pictures.spec(new Grid(size, size), channels, classes);
  }

  @Override
  public void digest(int index, ContentDigest digest) {
    digest.add(pictures[index]);
  }

  @Override
  public int size() {
    return pictures.length;
  }

  @Override
  public void read(int index, float[] into, int offset) {
    byte[] picture = pictures[index];
    Objects.checkFromIndexSize(offset, picture.length, into.length);
    for (int i = 0; i < picture.length; i++) {
      into[offset + i] = SCALED[picture[i] & 0xff];
    }
  }

  @Override
  public int label(int index) {
    return labels[index];
  }
}
