package org.vqvae.quantizers;

import java.util.List;
import org.vqvae.core.random.RandomStream;

/** Says which codes are given up because too few latents choose them, and where they restart. */
public interface DeadCodePolicy {

  /**
   * A code that becomes a copy of a latent.
   *
   * @param code the code that is given up
   * @param row the row of the batch's latents that it becomes
   */
  record Restart(int code, int row) {}

  /**
   * Whether it may restart codes, so that the latents of every batch are kept until the end of the
   * step. One that answers false must never return a restart.
   */
  default boolean needsLatents() {
    return true;
  }

  /**
   * The codes to restart after a training step.
   *
   * @param usage how many latents of a batch choose each of the K codes, averaged over past batches
   * @param rows M, the number of latents of the batch
   */
  List<Restart> restarts(double[] usage, int rows, RandomStream random);
}
