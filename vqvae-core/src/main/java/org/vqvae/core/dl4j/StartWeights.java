package org.vqvae.core.dl4j;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.data.ContentDigest;
import org.vqvae.core.nn.FloatArrays;

/** The weights that a network starts from. */
@FunctionalInterface
interface StartWeights {
  /** The {@link #digest} where there are none. */
  String NO_DIGEST = "none";

  /** DL4J's own first values. */
  StartWeights NONE = Optional::empty;

  /** Weights that are there already. */
  static StartWeights of(INDArray weights) {
    return () -> Optional.of(weights);
  }

  /**
   * The weights, as DL4J lays them out.
   *
   * @throws org.vqvae.core.IncompatibleException if they can no longer be read
   */
  Optional<INDArray> read();

  /** SHA-256 of the weights in FLOAT, or {@link #NO_DIGEST}. */
  default String digest() {
    return read().map(StartWeights::digest).orElse(NO_DIGEST);
  }

  private static String digest(INDArray weights) {
    ContentDigest digest = new ContentDigest();
    for (float weight : FloatArrays.read(weights.castTo(DataType.FLOAT))) {
      digest.add(Float.floatToIntBits(weight));
    }
    return digest.hex();
  }
}
