package org.vqvae.quantizers;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.FloatArrays;

/**
 * Finds the code nearest to each latent: {@code argmin_k |z - e_k|} (van den Oord et al. 2017, eq.
 * 1).
 *
 * <p>The answer is that of squared differences summed in double precision, the lowest code on ties,
 * and so depends neither on the machine nor on its matrix product. One product gives all {@code
 * |e|^2 - 2 z.e} in float; where the two best differ by less than that can be wrong by, the row is
 * decided by the differences themselves. The lowest score of every group of codes is found first,
 * and only groups that may have the nearest are looked into. Both sides are centred on the
 * codebook's mean first, which changes no distance and keeps latents far from zero from cancelling.
 */
final class NearestSearch {
  private static final int MAX_SCORES = 1 << 17; // 512 KiB: stays in the cache of one core
  private static final int GROUP = 64;
  private static final double FLOAT_ROUNDING = 0x1p-24;

  private final Kernels kernels;
  private final Buffers buffers = new Buffers();
  private long decidedExactly;

  NearestSearch(Kernels kernels) {
    this.kernels = kernels;
  }

  /**
   * The nearest codes.
   *
   * @param latents M rows of D; a row with a value that is infinite or not a number gets code 0
   * @param codebook K rows of D
   */
  int[] nearest(float[] latents, float[] codebook, int dim) {
    Target target = new Target(codebook, dim);
    int rows = latents.length / dim;
    int[] codes = new int[rows];
    int block = Math.min(rows, Math.max(1, MAX_SCORES / target.padded()));
    FloatArrays.write(target.factors, factors(target));
    for (int start = 0; start < rows; start += block) {
      search(latents, target, start, Math.min(rows, start + block), codes);
    }
    return codes;
  }

  /** How many latents were too close to call in float since this search was made. */
  long decidedExactly() {
    return decidedExactly;
  }

  /**
   * Finds the codes of the rows start..end-1 by their scores, {@code |e - c|^2 - 2 (z - c).(e -
   * c)}.
   */
  private void search(float[] latents, Target target, int start, int end, int[] codes) {
    int rows = end - start;
    INDArray scores = buffers.get("scores", DataType.FLOAT, rows, target.padded());
    INDArray minima = buffers.get("minima", DataType.FLOAT, (long) rows * target.groups);
    INDArray z = buffers.get("latents", DataType.FLOAT, rows, target.dim + 1);
    FloatArrays.write(target.withOne(latents, start, end), z);
    kernels.matMul(z, factors(target).transpose(), scores);
    kernels.rowMinima(scores.reshape(minima.length(), target.group), minima);
    Scores found = new Scores(target, FloatArrays.view(scores), FloatArrays.read(minima));
    int[] candidates = new int[target.size];
    for (int row = 0; row < rows; row++) {
      float margin = target.margin(latents, start + row);
      int count = found.candidates(row, margin, candidates);
      codes[start + row] = decide(latents, target, start + row, count, candidates);
    }
  }

  private INDArray factors(Target target) {
    return buffers.get("codebook", DataType.FLOAT, target.padded(), target.dim + 1);
  }

  /**
   * The scores of some rows.
   *
   * @param all {@code [rows, padded]}
   * @param minima the lowest of each group, {@code [rows, groups]}
   */
  private record Scores(Target target, FloatBuffer all, float[] minima) {

    /**
     * Collects the codes whose score is at most the row's lowest and a margin; returns how many
     * these are. Looks only into the groups that have such; if scores overflowed, all codes may be.
     */
    int candidates(int row, float margin, int[] into) {
      int first = row * target.groups;
      float limit = lowest(first) + margin;
      if (!Float.isFinite(limit)) {
        Arrays.setAll(into, code -> code);
        return target.size;
      }
      int count = 0;
      for (int group = 0; group < target.groups; group++) {
        if (minima[first + group] <= limit) {
          count = addGroup(row, group, limit, into, count);
        }
      }
      return count;
    }

    /** Adds a group's codes whose score is at most the limit; returns how many there are now. */
    private int addGroup(int row, int group, float limit, int[] into, int found) {
      int count = found;
      int end = Math.min((group + 1) * target.group, target.size);
      for (int code = group * target.group; code < end; code++) {
        if (all.get(row * target.padded() + code) <= limit) {
          into[count++] = code;
        }
      }
      return count;
    }

    private float lowest(int first) {
      float lowest = Float.POSITIVE_INFINITY;
      for (int i = first; i < first + target.groups; i++) {
        lowest = Math.min(lowest, minima[i]);
      }
      return lowest;
    }
  }

  /** The nearest candidate, by differences in double if there are several. */
  private int decide(float[] latents, Target target, int row, int count, int[] candidates) {
    if (count < 2) {
      return count == 0 ? 0 : candidates[0];
    }
    decidedExactly++;
    int best = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double distance = target.distance(latents, row, candidates[i]);
      if (distance < lowest) {
        lowest = distance;
        best = candidates[i];
      }
    }
    return best;
  }

  /** A codebook made ready to be searched. */
  private static final class Target {

    /** The score of a code that is a copy of an earlier one, or none: never the lowest. */
    private static final float NEVER = Float.MAX_VALUE;

    final float[] codebook;
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

    Target(float[] codebook, int dim) {
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
     * By how much the score of the nearest code can exceed the lowest: twice what a score can be
     * off by, (D + 10) u (2 |z| |e| + |e|^2) for centring, products, the norm and sums in any order
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
}
