package org.vqvae.core;

import java.util.Arrays;
import java.util.List;

/**
 * The codes of some examples: example after example, each in the order of its {@link CodeShape}. A
 * value: it is checked once, here, and never changes.
 */
public final class Codes {
  private final CodeShape shape;
  private final int[] values;
  private final int examples;

  private Codes(CodeShape shape, int[] values) {
    this.shape = shape;
    this.values = values;
    this.examples = values.length / shape.codes();
  }

  /**
   * Codes of that shape.
   *
   * @param values of N examples, N at least 1
   * @throws IllegalArgumentException if they are not whole examples, or a code is not in 0..K-1
   */
  public static Codes of(CodeShape shape, int... values) {
    if (values.length == 0 || values.length % shape.codes() != 0) {
      throw new IllegalArgumentException(
          "codes: expected whole examples of %d codes (%s), at least one, but there are %d codes"
              .formatted(shape.codes(), shape, values.length));
    }
    int[] own = values.clone();
    checkRange(shape, own);
    return new Codes(shape, own);
  }

  private static void checkRange(CodeShape shape, int[] values) {
    int at = 0;
    for (int example = 0; at < values.length; example++) {
      for (CodeMap map : shape.maps()) {
        for (int position = 0; position < map.positions(); position++) {
          for (int size : map.codebookSizes()) {
            if (values[at] < 0 || values[at] >= size) {
              throw new IllegalArgumentException(
                  "example %d, map \"%s\", position %d: code %d is not in 0..%d"
                      .formatted(example, map.name(), position, values[at], size - 1));
            }
            at++;
          }
        }
      }
    }
  }

  /** The codes of all these, one after the other; all of one shape. */
  public static Codes concat(List<Codes> parts) {
    CodeShape shape = parts.get(0).shape;
    int[] values = new int[parts.stream().mapToInt(part -> part.values.length).sum()];
    int at = 0;
    for (Codes part : parts) {
      if (!part.shape.equals(shape)) {
        throw new IllegalArgumentException(
            "codes of %s cannot follow codes of %s".formatted(part.shape, shape));
      }
      System.arraycopy(part.values, 0, values, at, part.values.length);
      at += part.values.length;
    }
    return new Codes(shape, values);
  }

  public CodeShape shape() {
    return shape;
  }

  /** N. */
  public int examples() {
    return examples;
  }

  /** All codes, example after example; a copy. */
  public int[] values() {
    return values.clone();
  }

  /** The code at a position of a map of an example, of one of its codebooks. */
  public int get(int example, int map, int position, int codebook) {
    CodeMap form = shape.map(map);
    return values[example * shape.codes() + shape.first(map) + position * form.depth() + codebook];
  }

  /** The codes of one map, as codes of that map alone. */
  public Codes map(int map) {
    return shape.maps().size() == 1 ? this : new Codes(shape.only(map), columns(map));
  }

  /** A map's codes, example after example. */
  private int[] columns(int map) {
    int each = shape.map(map).codes();
    int[] kept = new int[examples * each];
    for (int n = 0; n < examples; n++) {
      System.arraycopy(values, n * shape.codes() + shape.first(map), kept, n * each, each);
    }
    return kept;
  }

  /** The N x positions codes of one codebook of a map, example after example. */
  public int[] ofCodebook(int map, int codebook) {
    int[] all = map(map).values;
    int depth = shape.map(map).depth();
    if (depth == 1) {
      return all.clone();
    }
    int[] kept = new int[all.length / depth];
    Arrays.setAll(kept, i -> all[i * depth + codebook]);
    return kept;
  }

  /** The codes of the examples {@code from} to {@code to} (exclusive). */
  public Codes examples(int from, int to) {
    return new Codes(shape, Arrays.copyOfRange(values, from * shape.codes(), to * shape.codes()));
  }

  /** These codes with the first codebooks of each map alone, see {@link CodeShape#truncated}. */
  public Codes truncated(int depth) {
    CodeShape kept = shape.truncated(depth);
    if (kept.equals(shape)) {
      return this;
    }
    int[] some = new int[examples * kept.codes()];
    int to = 0;
    for (int n = 0; n < examples; n++) {
      for (int m = 0; m < shape.maps().size(); m++) {
        CodeMap map = shape.map(m);
        int from = n * shape.codes() + shape.first(m);
        for (int position = 0; position < map.positions(); position++) {
          for (int q = 0; q < kept.map(m).depth(); q++) {
            some[to++] = values[from + position * map.depth() + q];
          }
        }
      }
    }
    return new Codes(kept, some);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Codes that
        && shape.equals(that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "%d x (%s): %s".formatted(examples, shape, Arrays.toString(values));
  }
}
