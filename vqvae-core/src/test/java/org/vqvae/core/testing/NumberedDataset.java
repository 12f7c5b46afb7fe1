package org.vqvae.core.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.Medium;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;

/**
 * A data set made of numbers: every value of example i of a split is one constant, different for
 * each example and split, and its label is i modulo the number of classes.
 */
public final class NumberedDataset implements Dataset {
  private final DataSpec spec;
  private final int size;
  private final int origin;

  /**
   * @param size examples in each split
   * @param origin the number of the first example; up to 100_000 numbers are told apart
   */
  public NumberedDataset(Grid grid, int channels, List<String> classes, int size, int origin) {
    this.spec = new DataSpec(new Medium("image", 255), grid, channels, classes, 0);
    this.size = size;
    this.origin = origin;
  }

  /** The value that stands for an example. */
  public float value(Split split, int index) {
    return (origin + List.of(Split.values()).indexOf(split) * size + index) / 100_000f - 0.5f;
  }

  @Override
  public DataSpec spec() {
    return spec;
  }

  @Override
  public Examples examples(Split split) {
    return new Examples() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public void read(int index, float[] into, int offset) {
        Objects.checkIndex(index, size);
        Arrays.fill(into, offset, offset + spec.values(), value(split, index));
      }

      @Override
      public int label(int index) {
        Objects.checkIndex(index, size);
        return spec.classes().isEmpty() ? -1 : index % spec.classes().size();
      }
    };
  }

  @Override
  public String fingerprint() {
    return Integer.toHexString(Objects.hash(spec, size, origin));
  }
}
