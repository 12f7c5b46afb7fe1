package org.vqvae.quantizers;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.FloatArrays;

/**
 * Finds the code nearest to each latent: {@code argmin_k |z - e_k|} (van den Oord et al. 2017, eq.
 * 1).
 *
 * <p>The answer is that of squared differences summed in double precision, the lowest code on ties,
 * and so depends neither on the machine nor on its matrix product, nor on how many workers share
 * the rows.
 */
final class NearestSearch {
  private final Workers workers;
  private final List<RowSearch> each = new ArrayList<>();
  private final Buffers buffers = new Buffers();

  NearestSearch(Kernels kernels) {
    workers = kernels.workers();
    for (int worker = 0; worker < workers.size(); worker++) {
      each.add(new RowSearch(workers.kernels(worker)));
    }
  }

  /**
   * The nearest codes.
   *
   * @param latents M rows of D; a row with a value that is infinite or not a number gets code 0
   * @param codebook K rows of D
   */
  int[] nearest(float[] latents, float[] codebook, int dim) {
    CentredCodebook centred = new CentredCodebook(codebook, dim);
    INDArray factors = buffers.get("factors", DataType.FLOAT, centred.padded(), dim + 1L);
    FloatArrays.write(centred.factors, factors);
    INDArray transposed = factors.transpose();
    int[] codes = new int[latents.length / dim];
    int block = RowSearch.block(centred);
    workers.run(
        (codes.length + block - 1) / block,
        (part, worker, progress) -> {
          int end = Math.min(codes.length, (part + 1) * block);
          each.get(worker).search(latents, centred, transposed, part * block, end, codes);
        });
    return codes;
  }

  /** How many latents were too close to call in float since this search was made. */
  long decidedExactly() {
    return each.stream().mapToLong(RowSearch::decidedExactly).sum();
  }
}
