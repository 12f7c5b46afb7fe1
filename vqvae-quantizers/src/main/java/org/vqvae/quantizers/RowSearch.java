package org.vqvae.quantizers;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.FloatArrays;

/**
 * The search for the nearest codes of some of the latents, as one member of a team does it.
 *
 * <p>One product gives all {@code |e|^2 - 2 z.e} in float; where the two best differ by less than
 * that can be wrong by, the row is decided by the differences themselves. The lowest score of every
 * group of codes is found first, and only groups that may have the nearest are looked into. Both
 * sides are centred on the codebook's mean first, which changes no distance and keeps latents far
 * from zero from cancelling.
 */
final class RowSearch {
  private static final int MAX_SCORES = 1 << 17; // 512 KiB: stays in the cache of one core

  private final Kernels kernels;
  private final Buffers buffers = new Buffers();
  private long decidedExactly;

  RowSearch(Kernels kernels) {
    this.kernels = kernels;
  }

  /**
   * Finds the codes of the rows start..end-1.
   *
   * @param factors the codebook's, as an array
   * @param codes receives them
   */
  void search(
      float[] latents, CentredCodebook target, INDArray factors, int start, int end, int[] codes) {
    int block = Math.max(1, MAX_SCORES / target.padded());
    for (int from = start; from < end; from += block) {
      searchBlock(latents, target, factors, from, Math.min(end, from + block), codes);
    }
  }

  /** How many latents were too close to call in float so far. */
  long decidedExactly() {
    return decidedExactly;
  }

  /** By the scores {@code |e - c|^2 - 2 (z - c).(e - c)}. */
  private void searchBlock(
      float[] latents, CentredCodebook target, INDArray factors, int start, int end, int[] codes) {
    int rows = end - start;
    INDArray scores = buffers.get("scores", DataType.FLOAT, rows, target.padded());
    INDArray minima = buffers.get("minima", DataType.FLOAT, (long) rows * target.groups);
    INDArray z = buffers.get("latents", DataType.FLOAT, rows, target.dim + 1);
    FloatArrays.write(target.withOne(latents, start, end), z);
    kernels.matMul(z, factors.transpose(), scores);
    kernels.rowMinima(scores.reshape(minima.length(), target.group), minima);
    Scores found = new Scores(target, FloatArrays.view(scores), FloatArrays.read(minima));
    int[] candidates = new int[target.size];
    for (int row = 0; row < rows; row++) {
      float margin = target.margin(latents, start + row);
      int count = found.candidates(row, margin, candidates);
      codes[start + row] = decide(latents, target, start + row, count, candidates);
    }
  }

  /**
   * The scores of some rows.
   *
   * @param all {@code [rows, padded]}
   * @param minima the lowest of each group, {@code [rows, groups]}
   */
  private record Scores(CentredCodebook target, FloatBuffer all, float[] minima) {

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
  private int decide(
      float[] latents, CentredCodebook target, int row, int count, int[] candidates) {
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
}
