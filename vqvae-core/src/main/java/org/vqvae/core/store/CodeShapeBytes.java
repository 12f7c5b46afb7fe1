package org.vqvae.core.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Grid;

/** A code shape as the bytes that {@link CodeFile} describes. */
final class CodeShapeBytes {
  private static final int LONGEST = 255;
  private static final int HIGHEST_RANK = 8;

  private CodeShapeBytes() {}

  /** Checks that a shape can be written. */
  static void check(CodeShape shape) {
    checkCount("maps", shape.maps().size());
    for (CodeMap map : shape.maps()) {
      checkCount("letters of a map's name", map.name().length());
      checkCount("codebooks", map.depth());
      checkRank(map.grid().rank());
    }
  }

  private static void checkCount(String what, int count) {
    if (count > LONGEST) {
      throw new IllegalArgumentException(
          "a .vqa file has at most %d %s but there are %d".formatted(LONGEST, what, count));
    }
  }

  static void checkRank(int rank) {
    if (rank < 1 || rank > HIGHEST_RANK) {
      throw new IllegalArgumentException("a grid of rank " + rank);
    }
  }

  static int length(CodeShape shape) {
    return shape.maps().stream().mapToInt(CodeShapeBytes::length).sum();
  }

  private static int length(CodeMap map) {
    int sizes = map.grid().rank() + map.depth();
    return 3 + map.name().length() + Integer.BYTES * sizes;
  }

  static void put(ByteBuffer bytes, CodeShape shape) {
    for (CodeMap map : shape.maps()) {
      bytes.put((byte) map.name().length()).put((byte) map.grid().rank()).put((byte) map.depth());
      bytes.put(map.name().getBytes(US_ASCII));
      put(bytes, map.grid());
      map.codebookSizes().forEach(bytes::putInt);
    }
  }

  static void put(ByteBuffer bytes, Grid grid) {
    Arrays.stream(grid.sizes()).forEach(bytes::putInt);
  }

  /**
   * Reads what {@link #put} wrote.
   *
   * @throws IllegalArgumentException if there is no such shape
   */
  static CodeShape get(ByteBuffer bytes, int maps) {
    List<CodeMap> read = new ArrayList<>();
    for (int i = 0; i < maps; i++) {
      byte[] name = new byte[Byte.toUnsignedInt(bytes.get())];
      int rank = bytes.get();
      int depth = Byte.toUnsignedInt(bytes.get());
      bytes.get(name);
      Grid grid = grid(bytes, rank);
      List<Integer> codebookSizes = Arrays.stream(integers(bytes, depth)).boxed().toList();
      read.add(new CodeMap(new String(name, US_ASCII), grid, codebookSizes));
    }
    return new CodeShape(read);
  }

  static Grid grid(ByteBuffer bytes, int rank) {
    checkRank(rank);
    return new Grid(integers(bytes, rank));
  }

  private static int[] integers(ByteBuffer bytes, int count) {
    int[] values = new int[count];
    Arrays.setAll(values, i -> bytes.getInt());
    return values;
  }
}
