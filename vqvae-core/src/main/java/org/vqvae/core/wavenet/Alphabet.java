package org.vqvae.core.wavenet;

import java.util.function.IntFunction;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;

/**
 * What a WaveNet's sequences are made of, and what it takes them for before it has learned
 * anything.
 *
 * @param size K
 * @param embedding first values of the vectors that stand for them, {@code [K, R]}
 * @param logits by the number of inputs S, first values of the weights of the logits, {@code [S,
 *     K]}
 */
public record Alphabet(
    int size, Parameter.Initializer embedding, IntFunction<Parameter.Initializer> logits) {

  /** Three would do as well. */
  private static final double CYCLES = 1;

  /** Codes whose numbers say nothing, such as those of a codebook. */
  public static Alphabet ofCodes(int size) {
    return new Alphabet(size, Initializers.normal(1), Initializers::fanIn);
  }

  /**
   * Levels in their order, such as those of mu-law companding. Neighbours begin alike, so that what
   * is learned of one is learned of those around it.
   */
  public static Alphabet ofLevels(int size) {
    return new Alphabet(
        size,
        Initializers.waves(0, 1, CYCLES),
        inputs -> Initializers.waves(1, 1 / Math.sqrt(inputs), CYCLES));
  }
}
