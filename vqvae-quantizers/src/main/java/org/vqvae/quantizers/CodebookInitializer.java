package org.vqvae.quantizers;

import org.vqvae.core.random.RandomStream;

/** How a codebook starts: drawn at random before training, or fitted to the first latents. */
public interface CodebookInitializer {

  /**
   * The codebook before any latents were seen.
   *
   * @return K rows of D, one after another
   */
  float[] draw(int codebookSize, int codeDim, RandomStream random);

  /**
   * How many of the first training batches it wants to see before it leaves the codebook to
   * training; 0 for none.
   */
  default int batches() {
    return 0;
  }

  /**
   * Fits the codebook to the latents of one of the first {@link #batches()} training batches,
   * before their codes are chosen.
   *
   * @param codebook K rows of D, changed in place
   * @param weights how many latents of earlier batches each of the K codes stands for, changed in
   *     place
   * @param latents M rows of D
   */
  default void fit(float[] codebook, float[] weights, float[] latents, RandomStream random) {}
}
