package org.vqvae.quantizers;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Statistics;
import org.vqvae.core.nn.FloatArrays;

/**
 * Latents, the codes chosen for them and the vectors that these stood for at that moment: what
 * losses and gradients are computed from, whatever happens to the codebook afterwards.
 */
final class Assignment {
  private static final float[] NOTHING = {};

  private final float[] latents;
  private final int[] codes;
  private final float[] vectors;
  private final int codebookSize;
  private final int dim;

  /**
   * Copies the chosen rows.
   *
   * @param latents M rows of D
   * @param codes M codes
   * @param codebook K rows of D
   */
  Assignment(float[] latents, int[] codes, float[] codebook, int dim) {
    this.latents = latents;
    this.codes = codes;
    this.vectors = Codebook.rows(codebook, codes, dim);
    this.codebookSize = codebook.length / dim;
    this.dim = dim;
  }

  int[] codes() {
    return codes;
  }

  /** z_q, {@code [M, D]}; a new array. */
  INDArray vectors() {
    return FloatArrays.of(vectors, codes.length, dim);
  }

  /** {@code |z_e - z_q|^2}, the mean over all M x D elements. */
  double meanSquare() {
    double[] squares = new double[dim];
    for (int row = 0; row < vectors.length; row += dim) {
      for (int d = 0; d < dim; d++) {
        double difference = latents[row + d] - vectors[row + d];
        squares[d] += difference * difference;
      }
    }
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    return sum / vectors.length;
  }

  /** How many latents chose each code: n_k. */
  double[] counts() {
    double[] counts = new double[codebookSize];
    for (int code : codes) {
      counts[code]++;
    }
    return counts;
  }

  /** The sum of the latents that chose each code, K rows of D. */
  double[] sums() {
    double[] sums = new double[codebookSize * dim];
    for (int row = 0; row < codes.length; row++) {
      int from = row * dim;
      int to = codes[row] * dim;
      for (int d = 0; d < dim; d++) {
        sums[to + d] += latents[from + d];
      }
    }
    return sums;
  }

  /** The counts alone, as statistics. */
  Statistics usage(DeadCodePolicy policy) {
    return Statistics.of(counts(), candidates(policy));
  }

  /** The counts and behind them the sums, as statistics. */
  Statistics clusters(DeadCodePolicy policy) {
    double[] sums = sums();
    double[] both = Arrays.copyOf(counts(), codebookSize + sums.length);
    System.arraycopy(sums, 0, both, codebookSize, sums.length);
    return Statistics.of(both, candidates(policy));
  }

  /** What dead codes may restart from. */
  private float[] candidates(DeadCodePolicy policy) {
    return policy.needsLatents() ? latents : NOTHING;
  }

  /**
   * The gradient with respect to z_e of {@code task + factor * meanSquare()}: the task's as
   * estimated, plus that of the mean square with z_q held fixed.
   *
   * @param taskGradient d task / d z_q, {@code [M, D]}, dense, changed in place
   * @return taskGradient
   */
  INDArray latentGradient(INDArray taskGradient, double factor, GradientEstimator estimator) {
    FloatBuffer gradient = FloatArrays.view(taskGradient); // native memory: nothing is copied
    estimator.estimate(FloatBuffer.wrap(latents), FloatBuffer.wrap(vectors), gradient, dim);
    double scale = 2 * factor / vectors.length;
    for (int i = 0; i < vectors.length; i++) {
      gradient.put(i, gradient.get(i) + (float) (scale * (latents[i] - vectors[i])));
    }
    return taskGradient;
  }

  /**
   * The gradient of {@code factor * meanSquare()} with respect to the codebook, z_e held fixed: K
   * rows of D.
   */
  float[] codebookGradient(double factor) {
    double[] sums = new double[codebookSize * dim];
    for (int row = 0; row < codes.length; row++) {
      int from = row * dim;
      int to = codes[row] * dim;
      for (int d = 0; d < dim; d++) {
        sums[to + d] += vectors[from + d] - latents[from + d];
      }
    }
    double scale = 2 * factor / vectors.length;
    float[] gradient = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      gradient[i] = (float) (scale * sums[i]);
    }
    return gradient;
  }
}
