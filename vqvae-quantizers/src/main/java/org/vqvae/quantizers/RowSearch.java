package org.vqvae.quantizers;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.FloatArrays;

/**
 * The search for the nearest codes of some of the latents, as one worker does it.
 *
 * <p>One product gives all {@code |e|^2 - 2 z.e} in float; where the two best differ by less than
 * that can be wrong by, the row is decided by the differences themselves. The lowest score of every
 * group of codes is found first, and only groups that may have the nearest are looked into. Both
 * sides are centred on the codebook's mean first, which changes no distance and keeps latents far
 * from zero from cancelling.
 */
final class RowSearch {
  private static final int MAX_VALUES = 1 << 17; // 512 KiB: stays in the cache of one core

  private final Kernels kernels;
  private final Buffers buffers = new Buffers();
  private long decidedExactly;

  RowSearch(Kernels kernels) {
    this.kernels = kernels;
  }

  /** How many latents were too close to call in float so far. */
  long decidedExactly() {
    return decidedExactly;
  }

  /**
   * Finds the codes of the rows start..end-1, by the scores {@code |e - c|^2 - 2 (z - c).(e - c)}.
   *
   * @param factors the codebook's as an array, {@code [D + 1, padded]}
   * @param start the first row
   * @param end at most {@link #block} rows after it
   * @param codes receives them
   */
  void search(
      float[] latents,
      CentredCodebook codebook,
      INDArray factors,
      int start,
      int end,
      int[] codes) {
    int rows = end - start;
    INDArray scores = rows("scores", rows, codebook.padded(), codebook);
    INDArray minima = rows("minima", rows, codebook.groups, codebook);
    INDArray z = rows("latents", rows, codebook.dim + 1, codebook);
    FloatArrays.write(codebook.withOne(latents, start, end), z);
    kernels.matMul(z, factors, scores);
    kernels.rowMinima(
        scores.reshape(minima.length(), codebook.group), minima.reshape(minima.length()));
    Scores found = new Scores(codebook, FloatArrays.view(scores), FloatArrays.read(minima));
    int[] candidates = new int[codebook.size];
    for (int row = 0; row < rows; row++) {
      float margin = codebook.margin(latents, start + row);
      int count = found.candidates(row, margin, candidates);
      codes[start + row] = decide(latents, codebook, start + row, count, candidates);
    }
  }

  /** So many latents are scored at once; neither they nor their scores are more than the cache. */
  static int block(CentredCodebook codebook) {
    return Math.max(1, MAX_VALUES / Math.max(codebook.padded(), codebook.dim + 1));
  }

  /** The first rows of an array for a whole block. */
  private INDArray rows(String name, int rows, int columns, CentredCodebook codebook) {
    INDArray block = buffers.get(name, DataType.FLOAT, block(codebook), columns);
    return rows == block.size(0)
        ? block
        : block.get(NDArrayIndex.interval(0, rows), NDArrayIndex.all());
  }

  /**
   * The scores of some rows.
   *
   * @param all {@code [rows, padded]}
   * @param minima the lowest of each group, {@code [rows, groups]}
   */
  private record Scores(CentredCodebook codebook, FloatBuffer all, float[] minima) {

    /**
     * Collects the codes whose score is at most the row's lowest and a margin; returns how many
     * these are. Looks only into the groups that have such; if scores overflowed, all codes may be.
     */
    int candidates(int row, float margin, int[] into) {
      int first = row * codebook.groups;
      float limit = lowest(first) + margin;
      if (!Float.isFinite(limit)) {
        Arrays.setAll(into, code -> code);
        return codebook.size;
      }
      int count = 0;
      for (int group = 0; group < codebook.groups; group++) {
        if (minima[first + group] <= limit) {
          count = addGroup(row, group, limit, into, count);
        }
      }
      return count;
    }

    /** Adds a group's codes whose score is at most the limit; returns how many there are now. */
    private int addGroup(int row, int group, float limit, int[] into, int found) {
      int count = found;
      int end = Math.min((group + 1) * codebook.group, codebook.size);
      for (int code = group * codebook.group; code < end; code++) {
        if (all.get(row * codebook.padded() + code) <= limit) {
          into[count++] = code;
        }
      }
      return count;
    }

    private float lowest(int first) {
      float lowest = Float.POSITIVE_INFINITY;
      for (int i = first; i < first + codebook.groups; i++) {
        lowest = Math.min(lowest, minima[i]);
      }
      return lowest;
    }
  }

  /** The nearest candidate, by differences in double if there are several. */
  private int decide(
      float[] latents, CentredCodebook codebook, int row, int count, int[] candidates) {
    if (count < 2) {
      return count == 0 ? 0 : candidates[0];
    }
    decidedExactly++;
    int best = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double distance = codebook.distance(latents, row, candidates[i]);
      if (distance < lowest) {
        lowest = distance;
        best = candidates[i];
      }
    }
    return best;
  }
}
