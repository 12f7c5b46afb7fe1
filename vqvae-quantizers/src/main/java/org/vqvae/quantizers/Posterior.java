package org.vqvae.quantizers;

import org.vqvae.core.Statistics;

/**
 * q(z | x) of some latents: in each dimension a Gaussian of its own, compared with N(0, 1).
 *
 * <p>Each row has D means and behind them D log-variances. Values of one dimension of one latent
 * are numbered 0..M x D-1, as in the rows that the decoder gets.
 */
final class Posterior {
  private final float[] parameters;
  private final int examples;
  private final int dim;

  Posterior(LatentRows latents) {
    this.parameters = latents.values();
    this.examples = latents.examples();
    this.dim = latents.dim() / 2;
  }

  int examples() {
    return examples;
  }

  /** M. */
  int rows() {
    return size() / dim;
  }

  /** M x D. */
  int size() {
    return parameters.length / 2;
  }

  private int meanIndex(int i) {
    return i / dim * 2 * dim + i % dim;
  }

  private double mean(int i) {
    return parameters[meanIndex(i)];
  }

  private double logVariance(int i) {
    return parameters[meanIndex(i) + dim];
  }

  /** {@code mu + sigma epsilon}, M rows of D. */
  float[] values(float[] epsilon) {
    float[] values = new float[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean(i) + Math.exp(logVariance(i) / 2) * epsilon[i]);
    }
    return values;
  }

  /** The KL of one dimension of one latent. */
  private double kl(int i) {
    double mean = mean(i);
    double logVariance = logVariance(i);
    return (mean * mean + Math.exp(logVariance) - 1 - logVariance) / 2;
  }

  /** {@code sum_d max(free, KL_d)}, the mean over the rows. */
  double meanKl(double free) {
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += Math.max(free, kl(i));
    }
    return sum / rows();
  }

  /**
   * The gradient of {@code task + weight * meanKl(free)} with respect to means and log-variances.
   *
   * @param task d task / d values, M rows of D
   * @return M rows of 2 D
   */
  float[] gradient(float[] task, float[] epsilon, double weight, double free) {
    float[] gradient = new float[parameters.length];
    double scale = weight / rows();
    for (int i = 0; i < task.length; i++) {
      double rate = kl(i) > free ? scale : 0;
      double sigma = Math.exp(logVariance(i) / 2);
      int at = meanIndex(i);
      gradient[at] = (float) (task[i] + rate * mean(i));
      gradient[at + dim] =
          (float) (task[i] * epsilon[i] * sigma / 2 + rate * (sigma * sigma - 1) / 2);
    }
    return gradient;
  }

  /** M, the sum of the KLs, and of each dimension's means and squared means. */
  Statistics statistics() {
    double[] sums = new double[2 + 2 * dim];
    sums[0] = rows();
    for (int i = 0; i < size(); i++) {
      double mean = mean(i);
      sums[1] += kl(i);
      sums[2 + i % dim] += mean;
      sums[2 + dim + i % dim] += mean * mean;
    }
    return Statistics.of(sums);
  }
}
