package org.vqvae.core.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The logits of all codes of N examples, or their gradient: one table {@code [N x positions, K]}
 * for each codebook of each map, in the order of the maps and their codebooks.
 */
public record Logits(List<INDArray> tables) {

  public Logits {
    tables = List.copyOf(tables);
  }

  /** Those of one map of one codebook. */
  public static Logits of(INDArray table) {
    return new Logits(List.of(table));
  }

  /** The table of one map of one codebook. */
  public INDArray only() {
    if (tables.size() != 1) {
      throw new IllegalStateException("there are %d tables of logits".formatted(tables.size()));
    }
    return tables.get(0);
  }
}
