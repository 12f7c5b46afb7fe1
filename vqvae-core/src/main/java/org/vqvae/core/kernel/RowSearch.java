package org.vqvae.core.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The search for the nearest rows of a table for some of many rows, as one worker does it.
 *
 * <p>One product gives all {@code |t|^2 - 2 x.t} in float; where the two best differ by less than
 * that can be wrong by, the row is decided by the differences themselves. The lowest score of every
 * group of the table is found first, and only groups that may have the nearest are looked into.
 * Both sides are centred on the table's mean first, which changes no distance and keeps rows far
 * from zero from cancelling.
 */
final class RowSearch {
  private static final int MAX_VALUES = 1 << 17; // 512 KiB: stays in the cache of one core

  private final Kernels kernels;
  private final Scratch scores = new Scratch();
  private final Scratch minima = new Scratch();
  private final Scratch centred = new Scratch();
  private long decidedExactly;

  RowSearch(Kernels kernels) {
    this.kernels = kernels;
  }

  /** How many rows were too close to call in float so far. */
  long decidedExactly() {
    return decidedExactly;
  }

  /**
   * Searches for the rows start..end-1, by the scores {@code |t - c|^2 - 2 (x - c).(t - c)}.
   *
   * @param x rows of D
   * @param factors the table's
   * @param start the first row
   * @param end at most {@link #block} rows after it
   * @param nearest receives the rows of the table
   */
  void search(
      FloatBuffer x, CentredTable table, INDArray factors, int start, int end, int[] nearest) {
    int rows = end - start;
    int block = block(table);
    INDArray z = first(rows, centred.matrix(block, table.dim + 1L));
    INDArray all = first(rows, scores.matrix(block, table.padded()));
    INDArray lowest = first(rows, minima.matrix(block, table.groups));
    table.withOne(x, start, end, Rows.values(z));
    Rows.changed(z);
    kernels.matMul(z, factors, all);
    kernels.rowMinima(all.reshape(lowest.length(), table.group), lowest.reshape(lowest.length()));
    Scores found = new Scores(table, Rows.values(all), Rows.values(lowest));
    int[] candidates = new int[table.size];
    for (int row = 0; row < rows; row++) {
      float margin = table.margin(x, start + row);
      int count = found.candidates(row, margin, candidates);
      nearest[start + row] = decide(x, table, start + row, count, candidates);
    }
  }

  /** So many rows are scored at once; neither they nor their scores are more than the cache. */
  static int block(CentredTable table) {
    return Math.max(1, MAX_VALUES / Math.max(table.padded(), table.dim + 1));
  }

  private static INDArray first(int rows, INDArray matrix) {
    long columns = matrix.size(1);
    return Views.view(matrix, 0, new long[] {rows, columns}, new long[] {columns, 1});
  }

  /**
   * The scores of some rows.
   *
   * @param all {@code [rows, padded]}
   * @param minima the lowest of each group, {@code [rows, groups]}
   */
  private record Scores(CentredTable table, FloatBuffer all, FloatBuffer minima) {

    /**
     * Collects the rows of the table whose score is at most the lowest and a margin; returns how
     * many these are. Looks only into the groups that have such; if scores overflowed, all may be.
     */
    int candidates(int row, float margin, int[] into) {
      int first = row * table.groups;
      float limit = lowest(first) + margin;
      if (!Float.isFinite(limit)) {
        Arrays.setAll(into, each -> each);
        return table.size;
      }
      int count = 0;
      for (int group = 0; group < table.groups; group++) {
        if (minima.get(first + group) <= limit) {
          count = addGroup(row, group, limit, into, count);
        }
      }
      return count;
    }

    /** Adds a group's rows whose score is at most the limit; returns how many there are now. */
    private int addGroup(int row, int group, float limit, int[] into, int found) {
      int count = found;
      int end = Math.min((group + 1) * table.group, table.size);
      for (int each = group * table.group; each < end; each++) {
        if (all.get(row * table.padded() + each) <= limit) {
          into[count++] = each;
        }
      }
      return count;
    }

    private float lowest(int first) {
      float lowest = Float.POSITIVE_INFINITY;
      for (int i = first; i < first + table.groups; i++) {
        lowest = Math.min(lowest, minima.get(i));
      }
      return lowest;
    }
  }

  /** The nearest candidate, by differences in double if there are several. */
  private int decide(FloatBuffer x, CentredTable table, int row, int count, int[] candidates) {
    if (count < 2) {
      return count == 0 ? 0 : candidates[0];
    }
    decidedExactly++;
    int best = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double distance = table.distance(x, row, candidates[i]);
      if (distance < lowest) {
        lowest = distance;
        best = candidates[i];
      }
    }
    return best;
  }
}
