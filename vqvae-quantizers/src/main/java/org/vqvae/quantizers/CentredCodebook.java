package org.vqvae.quantizers;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A codebook made ready to be searched: centred on its mean, in groups of codes. */
final class CentredCodebook {
  private static final int GROUP = 64;
  private static final double FLOAT_ROUNDING = 0x1p-24;

  /** The score of a code that is a copy of an earlier one, or none: never the lowest. */
  private static final float NEVER = Float.MAX_VALUE;

  private final float[] codebook;
  final int dim;
  final int size;

  /** How many codes are looked at together. */
  final int group;

  final int groups;

  /**
   * K rows of {@code -2 (e - c)} and {@code |e - c|^2}, with c the mean code, and after them rows
   * that fill the last group.
   */
  final float[] factors;

  private final float[] centre;
  private final double radius;

  CentredCodebook(float[] codebook, int dim) {
    this.codebook = codebook;
    this.dim = dim;
    this.size = codebook.length / dim;
    this.group = Math.min(GROUP, size);
    this.groups = (size + group - 1) / group;
    this.centre = mean(codebook, dim);
    this.factors = Arrays.copyOf(withOne(codebook, 0, size), padded() * (dim + 1));
    this.radius = Math.sqrt(finishFactors());
  }

  int padded() {
    return group * groups;
  }

  /**
   * The rows start..end-1 minus the mean code, each with a 1 after it: the factor of the code's
   * norm.
   */
  float[] withOne(float[] values, int start, int end) {
    float[] centred = new float[(end - start) * (dim + 1)];
    for (int row = start; row < end; row++) {
      int from = row * dim;
      int to = (row - start) * (dim + 1);
      for (int d = 0; d < dim; d++) {
        centred[to + d] = values[from + d] - centre[d];
      }
      centred[to + dim] = 1;
    }
    return centred;
  }

  /**
   * By how much the score of the nearest code can exceed the lowest: twice what a score can be off
   * by, (D + 10) u (2 |z| |e| + |e|^2) for centring, products, the norm and sums in any order
   * (Higham 2002, "Accuracy and Stability of Numerical Algorithms", ch. 3), u = 2^-24.
   */
  float margin(float[] latents, int row) {
    double norm = Math.sqrt(squaredNorm(latents, row * dim));
    return (float) (2 * (dim + 10) * FLOAT_ROUNDING * radius * (2 * norm + radius));
  }

  /** In two sums, which the processor adds side by side. */
  private double squaredNorm(float[] latents, int start) {
    double even = 0;
    double odd = 0;
    int d = 0;
    for (; d + 1 < dim; d += 2) {
      double one = latents[start + d] - centre[d];
      double other = latents[start + d + 1] - centre[d + 1];
      even += one * one;
      odd += other * other;
    }
    double last = d < dim ? latents[start + d] - centre[d] : 0;
    return even + odd + last * last;
  }

  double distance(float[] latents, int row, int code) {
    double sum = 0;
    for (int d = 0; d < dim; d++) {
      double difference = (double) latents[row * dim + d] - codebook[code * dim + d];
      sum += difference * difference;
    }
    return sum;
  }

  /** Turns centred codes into factors; returns their largest squared norm. */
  private double finishFactors() {
    Map<Double, Integer> first = new HashMap<>();
    double largest = 0;
    for (int code = 0; code < size; code++) {
      double norm = 0;
      int start = code * (dim + 1);
      for (int i = start; i < start + dim; i++) {
        norm += (double) factors[i] * factors[i];
        factors[i] *= -2;
      }
      largest = Math.max(largest, norm);
      Integer earlier = first.putIfAbsent(norm, code);
      factors[start + dim] = earlier != null && isCopy(code, earlier) ? NEVER : (float) norm;
    }
    for (int code = size; code < padded(); code++) {
      factors[code * (dim + 1) + dim] = NEVER;
    }
    return largest;
  }

  private boolean isCopy(int code, int earlier) {
    return Arrays.equals(
        codebook, code * dim, (code + 1) * dim, codebook, earlier * dim, (earlier + 1) * dim);
  }

  private static float[] mean(float[] rows, int dim) {
    double[] sums = new double[dim];
    for (int i = 0; i < rows.length; i += dim) {
      for (int d = 0; d < dim; d++) {
        sums[d] += rows[i + d];
      }
    }
    float[] mean = new float[dim];
    for (int d = 0; d < dim; d++) {
      mean[d] = (float) (sums[d] * dim / rows.length);
    }
    return mean;
  }
}
