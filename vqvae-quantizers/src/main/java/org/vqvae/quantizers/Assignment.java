package org.vqvae.quantizers;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Statistics;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.FloatArrays;

/**
 * Latents, the codes chosen for them and the vectors that these stood for at that moment: what
 * losses and gradients are computed from, whatever happens to the codebook afterwards. The arrays
 * are read where they lie, so each method keeps them reachable to its end.
 */
final class Assignment {
  private static final float[] NOTHING = {};

  private final INDArray latents;
  private final int[] codes;
  private final INDArray vectors;
  private final int codebookSize;
  private final int dim;

  private Assignment(INDArray latents, int[] codes, INDArray vectors, int codebookSize) {
    this.latents = latents;
    this.codes = codes;
    this.vectors = vectors;
    this.codebookSize = codebookSize;
    this.dim = (int) latents.size(1);
  }

  /**
   * Chooses the nearest code for each latent, and copies its vector.
   *
   * @param latents {@code [M, D]}; not copied
   * @param codebook {@code [K, D]}
   */
  static Assignment nearest(INDArray latents, INDArray codebook, Kernels kernels) {
    int[] codes = kernels.nearestRows(latents, codebook);
    INDArray vectors = Nd4j.createUninitialized(DataType.FLOAT, codes.length, codebook.size(1));
    kernels.gatherRows(codebook, codes, vectors);
    return new Assignment(latents, codes, vectors, (int) codebook.size(0));
  }

  int[] codes() {
    return codes;
  }

  /** z_q, {@code [M, D]}; not to be changed. */
  INDArray vectors() {
    return vectors;
  }

  /** {@code |z_e - z_q|^2}, the mean over all M x D elements. */
  double meanSquare() {
    try {
      FloatBuffer z = FloatArrays.view(latents);
      FloatBuffer e = FloatArrays.view(vectors);
      double[] squares = new double[dim];
      for (int row = 0; row < elements(); row += dim) {
        for (int d = 0; d < dim; d++) {
          double difference = z.get(row + d) - e.get(row + d);
          squares[d] += difference * difference;
        }
      }
      double sum = 0;
      for (double square : squares) {
        sum += square;
      }
      return sum / elements();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private int elements() {
    return codes.length * dim;
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
    try {
      FloatBuffer z = FloatArrays.view(latents);
      double[] sums = new double[codebookSize * dim];
      for (int row = 0; row < codes.length; row++) {
        int from = row * dim;
        int to = codes[row] * dim;
        for (int d = 0; d < dim; d++) {
          sums[to + d] += z.get(from + d);
        }
      }
      return sums;
    } finally {
      Reference.reachabilityFence(this);
    }
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

  /** What dead codes may restart from: a copy, since statistics outlive the step. */
  private float[] candidates(DeadCodePolicy policy) {
    return policy.needsLatents() ? FloatArrays.read(latents) : NOTHING;
  }

  /**
   * The gradient with respect to z_e of {@code task + factor * meanSquare()}: the task's as
   * estimated, plus that of the mean square with z_q held fixed.
   *
   * @param taskGradient d task / d z_q, {@code [M, D]}, dense, changed in place
   * @return taskGradient
   */
  INDArray latentGradient(INDArray taskGradient, double factor, GradientEstimator estimator) {
    try {
      FloatBuffer gradient = FloatArrays.view(taskGradient);
      FloatBuffer z = FloatArrays.view(latents);
      FloatBuffer e = FloatArrays.view(vectors);
      estimator.estimate(z, e, gradient, dim);
      double scale = 2 * factor / elements();
      for (int i = 0; i < elements(); i++) {
        gradient.put(i, gradient.get(i) + (float) (scale * (z.get(i) - e.get(i))));
      }
      FloatArrays.changed(taskGradient);
      return taskGradient;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * The gradient of {@code factor * meanSquare()} with respect to the codebook, z_e held fixed: K
   * rows of D.
   */
  float[] codebookGradient(double factor) {
    try {
      FloatBuffer z = FloatArrays.view(latents);
      FloatBuffer e = FloatArrays.view(vectors);
      double[] sums = new double[codebookSize * dim];
      for (int row = 0; row < codes.length; row++) {
        int from = row * dim;
        int to = codes[row] * dim;
        for (int d = 0; d < dim; d++) {
          sums[to + d] += e.get(from + d) - z.get(from + d);
        }
      }
      double scale = 2 * factor / elements();
      float[] gradient = new float[sums.length];
      for (int i = 0; i < sums.length; i++) {
        gradient[i] = (float) (scale * sums[i]);
      }
      return gradient;
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
