package org.vqvae.core;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The form of the codes of one example: one map, or several, coarse first.
 *
 * <p>Codes lie in the order map, position, codebook. With one map of one codebook that is one code
 * a position, in raster order.
 */
public record CodeShape(List<CodeMap> maps) {
  private static final String ONLY = "codes";

  public CodeShape {
    maps = List.copyOf(maps);
    Set<String> names = new HashSet<>();
    if (maps.isEmpty() || !maps.stream().allMatch(map -> names.add(map.name()))) {
      throw new IllegalArgumentException(
          "codes need one or more maps, each with a name of its own, but were " + maps);
    }
    long codes = maps.stream().mapToLong(CodeMap::codes).sum();
    if (codes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("an example of %d codes is too large".formatted(codes));
    }
  }

  /** One map, with one codebook of each of these sizes. */
  public static CodeShape of(Grid grid, List<Integer> codebookSizes) {
    return new CodeShape(List.of(new CodeMap(ONLY, grid, codebookSizes)));
  }

  /** One map of one codebook. */
  public static CodeShape of(Grid grid, int codebookSize) {
    return of(grid, List.of(codebookSize));
  }

  public CodeMap map(int index) {
    return maps.get(index);
  }

  /** The number of codes of one example. */
  public int codes() {
    return maps.stream().mapToInt(CodeMap::codes).sum();
  }

  /** The number of codebooks of the deepest map. */
  public int depth() {
    return maps.stream().mapToInt(CodeMap::depth).max().orElseThrow();
  }

  /** Whether each position of the only map has one code. */
  public boolean isSingle() {
    return maps.size() == 1 && maps.get(0).depth() == 1;
  }

  /** K of the code that stands at that place among the codes of an example. */
  public int codebookSize(int index) {
    int first = 0;
    for (CodeMap map : maps) {
      if (index < first + map.codes()) {
        return map.codebookSizes().get((index - first) % map.depth());
      }
      first += map.codes();
    }
    throw new IndexOutOfBoundsException("code %d of %d".formatted(index, first));
  }

  /** The index of a map's first code among the codes of an example. */
  public int first(int map) {
    return maps.subList(0, map).stream().mapToInt(CodeMap::codes).sum();
  }

  /** The bits that one example's codes cost under the uniform prior. */
  public double uniformBits() {
    return maps.stream().mapToDouble(CodeMap::uniformBits).sum();
  }

  /** The shape of one of the maps. */
  public CodeShape only(int map) {
    return new CodeShape(List.of(maps.get(map)));
  }

  /**
   * The shape of codes of which only the first codebooks of each map are kept.
   *
   * @param depth how many, at least 1; a map that has fewer keeps all
   */
  public CodeShape truncated(int depth) {
    if (depth < 1 || depth > depth()) {
      throw new IncompatibleException(
          "%d levels were asked for, but these codes have %d: choose 1 to %d"
              .formatted(depth, depth(), depth()));
    }
    return new CodeShape(maps.stream().map(map -> map.truncated(depth)).toList());
  }

  /** The same codebooks on other grids. */
  public CodeShape onGrids(UnaryOperator<Grid> other) {
    return new CodeShape(
        maps.stream()
            .map(map -> new CodeMap(map.name(), other.apply(map.grid()), map.codebookSizes()))
            .toList());
  }

  /**
   * For example {@code 8x8 of K = 512}, or {@code top 4x4 of K = 512 and bottom 8x8 of K = 512}.
   */
  @Override
  public String toString() {
    return maps.size() == 1
        ? maps.get(0).toString()
        : maps.stream().map(map -> map.name() + " " + map).collect(Collectors.joining(" and "));
  }
}
