package org.vqvae.quantizers;

import java.util.Arrays;
import org.vqvae.core.random.RandomStream;

/**
 * Draws seeds of k-means among latents (k-means++: Arthur and Vassilvitskii 2007): the first
 * uniformly, each further one with a chance proportional to its squared distance from the nearest
 * code so far.
 */
final class KMeansSeeds {
  private final float[] latents;
  private final int dim;
  private final int rows;

  /**
   * The latents with each dimension's values side by side, so that distances to all are one
   * vectorised pass.
   */
  private final float[] columns;

  /** Squared distance of each latent to the nearest code so far. */
  private final float[] distances;

  /**
   * Seeds among these latents.
   *
   * @param latents M rows of D
   */
  KMeansSeeds(float[] latents, int dim) {
    this.latents = latents;
    this.dim = dim;
    this.rows = latents.length / dim;
    this.columns = new float[latents.length];
    this.distances = new float[rows];
    for (int row = 0; row < rows; row++) {
      for (int d = 0; d < dim; d++) {
        columns[d * rows + row] = latents[row * dim + d];
      }
    }
    Arrays.fill(distances, Float.POSITIVE_INFINITY);
  }

  /** Replaces every code of weight zero, as long as there are latents that are not codes yet. */
  void fillUnused(float[] codebook, float[] weights, RandomStream random) {
    boolean first = true;
    for (int code = 0; code < weights.length; code++) {
      if (weights[code] > 0) {
        updateDistances(codebook, code);
        first = false;
      }
    }
    for (int code = 0; code < weights.length; code++) {
      if (weights[code] == 0) {
        int row = first ? random.nextInt(rows) : draw(random);
        if (row < 0) {
          return;
        }
        System.arraycopy(latents, row * dim, codebook, code * dim, dim);
        updateDistances(codebook, code);
        first = false;
      }
    }
  }

  /** Takes one more code into account. */
  private void updateDistances(float[] codebook, int code) {
    float[] squares = new float[rows];
    for (int d = 0; d < dim; d++) {
      float value = codebook[code * dim + d];
      int column = d * rows;
      for (int row = 0; row < rows; row++) {
        float difference = columns[column + row] - value;
        squares[row] += difference * difference;
      }
    }
    for (int row = 0; row < rows; row++) {
      distances[row] = Math.min(distances[row], squares[row]);
    }
  }

  /** A row, or -1 when every latent is a code already. */
  private int draw(RandomStream random) {
    double total = 0;
    for (float distance : distances) {
      total += distance;
    }
    double rest = total * random.nextDouble();
    int chosen = -1;
    for (int row = 0; row < rows && rest >= 0; row++) {
      if (distances[row] > 0) {
        chosen = row;
        rest -= distances[row];
      }
    }
    return chosen;
  }
}
