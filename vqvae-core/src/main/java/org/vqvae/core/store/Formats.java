package org.vqvae.core.store;

/**
 * The number of the formats of all files that a run keeps: run folder, weights, checkpoints, code
 * stores and {@code .vqa} files. What is written in one format stays readable; the number changes
 * when a file cannot be read by what came before.
 */
public final class Formats {
  /** The format that this build writes and reads. */
  public static final int CURRENT = 2;

  /** The build that reads format 1, whose codes had one map of one codebook. */
  private static final String FORMER = "builds up to commit 5470d82";

  private Formats() {}

  /**
   * Checks the format that a file says it has; one that says nothing has format 1.
   *
   * @param file names the file or folder in the message
   * @throws StoreException if this build cannot read it
   */
  public static void check(Object file, long found) {
    if (found != CURRENT) {
      String readers = found == 1 ? "which " + FORMER + " read" : "which another build wrote";
      throw new StoreException(
          "%s: has format %d, %s, but this build reads format %d; repeat the command that wrote it, or read it with such a build"
              .formatted(file, found, readers, CURRENT));
    }
  }
}
