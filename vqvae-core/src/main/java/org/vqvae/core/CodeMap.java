package org.vqvae.core;

import java.util.List;

/**
 * One map of codes: a grid of positions with one code of each codebook at every position.
 *
 * @param name tells the maps of a model apart, such as {@code top}; lower-case letters, digits, '-'
 * @param grid the positions of one example, such as {@code [8, 8]}, numbered in raster order
 * @param codebookSizes K of each of the Q codebooks, coarse first; one of plain VQ, Q of residual
 *     VQ
 */
public record CodeMap(String name, Grid grid, List<Integer> codebookSizes) {

  public CodeMap {
    codebookSizes = List.copyOf(codebookSizes);
    if (!name.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException(
          "a map's name has lower-case letters, digits and '-' but was \"" + name + "\"");
    }
    if (codebookSizes.isEmpty() || codebookSizes.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "a map needs one or more codebooks of at least 1 entry but has " + codebookSizes);
    }
  }

  /** Q, the number of codebooks. */
  public int depth() {
    return codebookSizes.size();
  }

  /** The number of positions of one example. */
  public int positions() {
    return grid.positions();
  }

  /** The number of codes of one example: positions x Q. */
  public int codes() {
    return Math.multiplyExact(positions(), depth());
  }

  /** The bits that one example's codes cost under the uniform prior: positions x sum of log2 K. */
  public double uniformBits() {
    return positions() * codebookSizes.stream().mapToDouble(CodeMap::log2).sum();
  }

  /** Exact for powers of two, which a quotient of logarithms is not. */
  private static double log2(int size) {
    int exponent = Math.getExponent((double) size);
    return exponent + Math.log(Math.scalb((double) size, -exponent)) / Math.log(2);
  }

  /** This map with its first codebooks alone. */
  CodeMap truncated(int depth) {
    return new CodeMap(name, grid, codebookSizes.subList(0, Math.min(depth, depth())));
  }

  /** For example {@code 8x8 of K = 512}, or {@code 8x8 of K = 512, 512}. */
  @Override
  public String toString() {
    String sizes = String.join(", ", codebookSizes.stream().map(String::valueOf).toList());
    return grid + " of K = " + sizes;
  }
}
