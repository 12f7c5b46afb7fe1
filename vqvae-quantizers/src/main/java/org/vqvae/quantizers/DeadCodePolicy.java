package org.vqvae.quantizers;

import java.util.List;
import org.vqvae.core.random.RandomStream;

/**
 * Says which codes are given up because too few latents choose them, and where they start again.
 */
public interface DeadCodePolicy {

  /**
   * A code that becomes a copy of a latent.
   *
   * @param code the code that is given up
   * @param row the row of the batch's latents that it becomes
   */
  record Restart(int code, int row) {}

  /**
   * The codes to restart after a training step.
   *
   * @param usage how many latents of a batch choose each of the K codes, averaged over past batches
   * @param rows M, the number of latents of the batch
   */
  List<Restart> restarts(double[] usage, int rows, RandomStream random);
}
