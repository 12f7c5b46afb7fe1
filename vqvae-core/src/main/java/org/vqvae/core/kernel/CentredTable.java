package org.vqvae.core.kernel;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A table made ready to be searched: centred on its mean row, in groups of rows. */
final class CentredTable {
  private static final int GROUP = 64;
  private static final double FLOAT_ROUNDING = 0x1p-24;

  /** The score of a row that is a copy of an earlier one, or none: never the lowest. */
  private static final float NEVER = Float.MAX_VALUE;

  private final FloatBuffer table;
  final int dim;
  final int size;

  /** How many rows are looked at together. */
  final int group;

  final int groups;
  private final float[] centre;
  private final INDArray factors;
  private final double radius;

  /**
   * @param table K rows of D
   * @param scratch where its factors are put
   */
  CentredTable(FloatBuffer table, int dim, Scratch scratch) {
    this.table = table;
    this.dim = dim;
    this.size = table.limit() / dim;
    this.group = Math.min(GROUP, size);
    this.groups = (size + group - 1) / group;
    this.centre = mean(table, dim);
    this.factors = scratch.matrix(padded(), dim + 1L);
    this.radius = Math.sqrt(writeFactors(Rows.values(factors)));
    Rows.changed(factors);
  }

  int padded() {
    return group * groups;
  }

  /**
   * {@code [D + 1, padded]}: {@code -2 (t - c)} and {@code |t - c|^2} of each row, with c the mean
   * row, and after them columns that fill the last group.
   */
  INDArray factors() {
    return factors.transpose();
  }

  /**
   * The rows start..end-1 minus the mean row, each with a 1 after it: the factor of the norm.
   *
   * @param into receives them
   */
  void withOne(FloatBuffer values, int start, int end, FloatBuffer into) {
    int to = 0;
    for (int row = start; row < end; row++) {
      int from = row * dim;
      for (int d = 0; d < dim; d++) {
        into.put(to++, values.get(from + d) - centre[d]);
      }
      into.put(to++, 1);
    }
  }

  /**
   * By how much the score of the nearest row can exceed the lowest: twice what a score can be off
   * by, (D + 10) u (2 |z| |e| + |e|^2) for centring, products, the norm and sums in any order
   * (Higham 2002, "Accuracy and Stability of Numerical Algorithms", ch. 3), u = 2^-24.
   */
  float margin(FloatBuffer values, int row) {
    double norm = Math.sqrt(squaredNorm(values, row * dim));
    return (float) (2 * (dim + 10) * FLOAT_ROUNDING * radius * (2 * norm + radius));
  }

  /** In two sums, which the processor adds side by side. */
  private double squaredNorm(FloatBuffer values, int start) {
    double even = 0;
    double odd = 0;
    int d = 0;
    for (; d + 1 < dim; d += 2) {
      double one = values.get(start + d) - centre[d];
      double other = values.get(start + d + 1) - centre[d + 1];
      even += one * one;
      odd += other * other;
    }
    double last = d < dim ? values.get(start + d) - centre[d] : 0;
    return even + odd + last * last;
  }

  double distance(FloatBuffer values, int row, int other) {
    double sum = 0;
    for (int d = 0; d < dim; d++) {
      double difference = (double) values.get(row * dim + d) - table.get(other * dim + d);
      sum += difference * difference;
    }
    return sum;
  }

  /** Writes the factors, a row of D + 1 for each column; returns the largest squared norm. */
  private double writeFactors(FloatBuffer into) {
    withOne(table, 0, size, into);
    Map<Double, Integer> first = new HashMap<>();
    double largest = 0;
    for (int row = 0; row < size; row++) {
      double norm = 0;
      int start = row * (dim + 1);
      for (int i = start; i < start + dim; i++) {
        norm += (double) into.get(i) * into.get(i);
        into.put(i, -2 * into.get(i));
      }
      largest = Math.max(largest, norm);
      Integer earlier = first.putIfAbsent(norm, row);
      into.put(start + dim, earlier != null && isCopy(row, earlier) ? NEVER : (float) norm);
    }
    for (int row = size; row < padded(); row++) {
      for (int d = 0; d < dim; d++) {
        into.put(row * (dim + 1) + d, 0);
      }
      into.put(row * (dim + 1) + dim, NEVER);
    }
    return largest;
  }

  private boolean isCopy(int row, int earlier) {
    return table.slice(row * dim, dim).equals(table.slice(earlier * dim, dim));
  }

  private static float[] mean(FloatBuffer rows, int dim) {
    double[] sums = new double[dim];
    for (int i = 0; i < rows.limit(); i += dim) {
      for (int d = 0; d < dim; d++) {
        sums[d] += rows.get(i + d);
      }
    }
    float[] mean = new float[dim];
    for (int d = 0; d < dim; d++) {
      mean[d] = (float) (sums[d] * dim / rows.limit());
    }
    return mean;
  }
}
