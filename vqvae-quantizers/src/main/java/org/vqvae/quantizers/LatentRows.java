package org.vqvae.quantizers;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.nn.FloatArrays;

/**
 * The latents of some examples as rows, those of an example side by side.
 *
 * @param values M rows of so many values
 * @param examples N
 * @param dim the length of a row
 */
record LatentRows(float[] values, int examples, int dim) {

  /**
   * The rows of latents.
   *
   * @param latents {@code [N, ..., dim]}
   * @param setting what says how long a latent is, for the message
   * @throws IllegalArgumentException if they are of another shape
   */
  static LatentRows of(INDArray latents, int dim, String setting) {
    require(latents, dim, setting);
    return new LatentRows(FloatArrays.read(latents), (int) latents.size(0), dim);
  }

  /**
   * The same rows as they lie in memory, {@code [M, dim]}: a view of dense latents.
   *
   * @throws IllegalArgumentException if they are of another shape
   */
  static INDArray matrix(INDArray latents, int dim, String setting) {
    require(latents, dim, setting);
    return latents.reshape('c', latents.length() / dim, dim);
  }

  private static void require(INDArray latents, int dim, String setting) {
    if (latents.rank() < 2 || latents.size(-1) != dim) {
      throw new IllegalArgumentException(
          "latents: expected [N, ..., %d] (%s) but was %s"
              .formatted(dim, setting, Arrays.toString(latents.shape())));
    }
  }

  /** M. */
  int rows() {
    return values.length / dim;
  }

  /** The number of values of one example. */
  int stride() {
    return values.length / examples;
  }
}
