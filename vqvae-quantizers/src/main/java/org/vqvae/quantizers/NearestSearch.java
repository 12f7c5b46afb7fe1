package org.vqvae.quantizers;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Team;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.FloatArrays;

/**
 * Finds the code nearest to each latent: {@code argmin_k |z - e_k|} (van den Oord et al. 2017, eq.
 * 1).
 *
 * <p>The answer is that of squared differences summed in double precision, the lowest code on ties,
 * and so depends neither on the machine nor on its matrix product, nor on how many threads share
 * the rows.
 */
final class NearestSearch {
  private final Team team;
  private final List<RowSearch> members = new ArrayList<>();
  private final Buffers buffers = new Buffers();

  NearestSearch(Kernels kernels) {
    team = kernels.team();
    for (int member = 0; member < team.size(); member++) {
      members.add(new RowSearch(team.kernels(member)));
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
    long rows = codes.length;
    int size = team.size();
    team.run(
        (member, progress) -> {
          int start = (int) (rows * member / size);
          int end = (int) (rows * (member + 1) / size);
          members.get(member).search(latents, centred, transposed, start, end, codes);
        });
    return codes;
  }

  /** How many latents were too close to call in float since this search was made. */
  long decidedExactly() {
    return members.stream().mapToLong(RowSearch::decidedExactly).sum();
  }
}
