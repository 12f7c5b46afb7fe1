package org.vqvae.core.kernel;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Finds the row of a table that is nearest to each of many rows: {@code argmin_k |x - t_k|}.
 *
 * <p>The answer is that of squared differences summed in double precision, the lowest row on ties,
 * and so depends neither on the machine nor on its matrix product, nor on how many workers share
 * the rows.
 */
final class NearestRows {
  private final Workers workers;
  private final List<RowSearch> each = new ArrayList<>();
  private final Scratch scratch = new Scratch();

  /**
   * A search on the CPU.
   *
   * @param kernels for the products; their workers share the rows
   */
  NearestRows(Kernels kernels) {
    workers = kernels.workers();
    for (int worker = 0; worker < workers.size(); worker++) {
      each.add(new RowSearch(workers.kernels(worker)));
    }
  }

  /**
   * The nearest rows.
   *
   * @param x {@code [M, D]}; a row with a value that is infinite or not a number gets row 0
   * @param table {@code [K, D]}
   */
  int[] of(INDArray x, INDArray table) {
    int[] nearest = new int[(int) x.size(0)];
    try {
      FloatBuffer values = Rows.values(x);
      CentredTable centred = new CentredTable(Rows.values(table), (int) table.size(1), scratch);
      INDArray factors = centred.factors();
      int block = RowSearch.block(centred);
      workers.run(
          (nearest.length + block - 1) / block,
          (part, worker, progress) -> {
            int end = Math.min(nearest.length, (part + 1) * block);
            each.get(worker).search(values, centred, factors, part * block, end, nearest);
          });
    } finally {
      Reference.reachabilityFence(x);
      Reference.reachabilityFence(table);
    }
    return nearest;
  }

  /** How many rows were too close to call in float since this search was made. */
  long decidedExactly() {
    return each.stream().mapToLong(RowSearch::decidedExactly).sum();
  }
}
