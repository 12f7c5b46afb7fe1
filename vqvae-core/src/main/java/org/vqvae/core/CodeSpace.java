package org.vqvae.core;

/**
 * What a prior must predict: a grid of codes, each one of {@code codebookSize} entries.
 *
 * <p>Positions are numbered in raster order (last dimension fastest); the grid of a picture is
 * {@code [height, width]}, that of sound {@code [time]}.
 *
 * @param codebookSize K, the number of entries
 * @param grid the positions of one example, such as {@code [8, 8]}
 */
public record CodeSpace(int codebookSize, Grid grid) {

  public CodeSpace {
    if (codebookSize < 1) {
      throw new IllegalArgumentException("codebookSize must be at least 1 but was " + codebookSize);
    }
  }

  /** The number of codes of one example. */
  public int positions() {
    return grid.positions();
  }

  /** The nats that one code costs under the uniform prior: ln K. */
  public double uniformNats() {
    return Math.log(codebookSize);
  }
}
