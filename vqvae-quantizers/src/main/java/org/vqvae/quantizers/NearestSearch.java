package org.vqvae.quantizers;

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
 * decided by the differences themselves. Both sides are centred on the codebook's mean first, which
 * changes no distance and keeps latents far from zero from cancelling.
 */
final class NearestSearch {
  private static final int MAX_SCORES = 1 << 20;
  private static final double FLOAT_ROUNDING = 0x1p-24;

  private final Kernels kernels;
  private final Buffers buffers = new Buffers();
  private float[] scores = {};
  private long decidedExactly;

  NearestSearch(Kernels kernels) {
    this.kernels = kernels;
  }

  /**
   * The nearest codes.
   *
   * @param latents M rows of D; a row with a value that is not a number gets code 0
   * @param codebook K rows of D
   */
  int[] nearest(float[] latents, float[] codebook, int dim) {
    Target target = new Target(codebook, dim);
    int rows = latents.length / dim;
    int[] codes = new int[rows];
    int block = Math.max(1, Math.min(rows, MAX_SCORES / target.size));
    for (int start = 0; start < rows; start += block) {
      int end = Math.min(rows, start + block);
      score(latents, target, start, end);
      choose(latents, target, start, end, codes);
    }
    return codes;
  }

  /** How many latents were too close to call in float since this search was made. */
  long decidedExactly() {
    return decidedExactly;
  }

  /** Leaves {@code -2 (z - c).(e - c)} of the rows start..end-1 in {@link #scores}. */
  private void score(float[] latents, Target target, int start, int end) {
    int rows = end - start;
    INDArray z = buffers.get("latents", DataType.FLOAT, rows, target.dim);
    INDArray e = buffers.get("codebook", DataType.FLOAT, target.size, target.dim);
    INDArray product = buffers.get("scores", DataType.FLOAT, rows, target.size);
    FloatArrays.write(target.centred(latents, start, end), z);
    FloatArrays.write(target.factors, e);
    kernels.matMul(z, e.transpose(), product);
    if (scores.length < rows * target.size) {
      scores = new float[rows * target.size];
    }
    FloatArrays.read(product, scores);
  }

  private void choose(float[] latents, Target target, int start, int end, int[] codes) {
    float[] norms = target.norms;
    for (int row = start; row < end; row++) {
      int base = (row - start) * target.size;
      int best = 0;
      float lowest = Float.POSITIVE_INFINITY;
      float second = Float.POSITIVE_INFINITY;
      for (int code = 0; code < norms.length; code++) {
        float score = norms[code] + scores[base + code];
        if (score < second) {
          if (score < lowest) {
            second = lowest;
            lowest = score;
            best = code;
          } else {
            second = score;
          }
        }
      }
      double error = target.scoreError(latents, row);
      codes[row] =
          second - lowest > 2 * error
              ? best
              : decide(latents, target, row, base, lowest + 2 * error);
    }
  }

  /** The nearest of the codes whose score is at most the limit, by differences in double. */
  private int decide(float[] latents, Target target, int row, int base, double limit) {
    decidedExactly++;
    int best = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (int code = 0; code < target.size; code++) {
      if (target.norms[code] + scores[base + code] <= limit) {
        double distance = target.distance(latents, row, code);
        if (distance < lowest) {
          lowest = distance;
          best = code;
        }
      }
    }
    return best;
  }

  /** A codebook made ready to be searched. */
  private static final class Target {
    final float[] codebook;
    final int dim;
    final int size;

    /** {@code -2 (e - c)}, with c the mean code. */
    final float[] factors;

    /** {@code |e - c|^2}; infinite for a copy of an earlier code, which never wins. */
    final float[] norms;

    private final float[] centre;
    private final double radius;

    Target(float[] codebook, int dim) {
      this.codebook = codebook;
      this.dim = dim;
      this.size = codebook.length / dim;
      this.centre = mean(codebook, dim);
      this.factors = centred(codebook, 0, size);
      this.norms = new float[size];
      this.radius = Math.sqrt(fillNorms());
      for (int i = 0; i < factors.length; i++) {
        factors[i] *= -2;
      }
    }

    /** Rows start..end-1 minus the mean code. */
    float[] centred(float[] values, int start, int end) {
      float[] difference = new float[(end - start) * dim];
      for (int row = start; row < end; row++) {
        int from = row * dim;
        int to = (row - start) * dim;
        for (int d = 0; d < dim; d++) {
          difference[to + d] = values[from + d] - centre[d];
        }
      }
      return difference;
    }

    /**
     * How far a score of this latent can be off: (D + 8) u (2 |z| |e| + |e|^2), for centring,
     * products, sums in any order and the norm (Higham 2002, "Accuracy and Stability of Numerical
     * Algorithms", ch. 3), u = 2^-24.
     */
    double scoreError(float[] latents, int row) {
      double square = 0;
      for (int d = 0; d < dim; d++) {
        float difference = latents[row * dim + d] - centre[d];
        square += difference * difference;
      }
      return (dim + 8) * FLOAT_ROUNDING * radius * (2 * Math.sqrt(square) + radius);
    }

    double distance(float[] latents, int row, int code) {
      double sum = 0;
      for (int d = 0; d < dim; d++) {
        double difference = (double) latents[row * dim + d] - codebook[code * dim + d];
        sum += difference * difference;
      }
      return sum;
    }

    private double fillNorms() {
      Map<Double, Integer> first = new HashMap<>();
      double largest = 0;
      for (int code = 0; code < size; code++) {
        double norm = 0;
        for (int d = 0; d < dim; d++) {
          double value = factors[code * dim + d];
          norm += value * value;
        }
        largest = Math.max(largest, norm);
        Integer earlier = first.putIfAbsent(norm, code);
        norms[code] =
            earlier != null && isCopy(code, earlier) ? Float.POSITIVE_INFINITY : (float) norm;
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
