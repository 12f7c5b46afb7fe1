package org.vqvae.core.wavenet;

import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;

/**
 * The symbols that a WaveNet's sequences are made of, and the first values of the parameters that
 * stand for them.
 *
 * @param symbols the number of different symbols that a step sees before it
 * @param outcomes K, the number of symbols that a step chooses from, which is that of its logits
 * @param embedding first values of the vectors of the symbols, {@code [symbols, R]}
 * @param logits by the number of inputs S, first values of the weights of the logits, {@code [S,
 *     outcomes]}
 */
public record Alphabet(
    int symbols,
    int outcomes,
    Parameter.Initializer embedding,
    IntFunction<Parameter.Initializer> logits) {

  /** Over all levels; 1 and 3 trained alike. */
  private static final double CYCLES = 1;

  /** Codes whose numbers have no order, such as those of a codebook. */
  public static Alphabet ofCodes(int size) {
    return ofCodes(List.of(size));
  }

  /**
   * Codes of several codebooks in turn. Each code of each codebook is a symbol of its own, those of
   * the first codebook first; the logits are as many as the largest codebook has codes.
   */
  public static Alphabet ofCodes(List<Integer> codebookSizes) {
    int symbols = codebookSizes.stream().reduce(0, Math::addExact);
    return new Alphabet(
        symbols, Collections.max(codebookSizes), Initializers.normal(1), Initializers::fanIn);
  }

  /**
   * Levels in their order, such as those of mu-law companding. Neighbours begin alike, so that what
   * is learned of one is learned of those around it.
   */
  public static Alphabet ofLevels(int size) {
    return new Alphabet(
        size,
        size,
        Initializers.waves(0, 1, CYCLES),
        inputs -> Initializers.waves(1, 1 / Math.sqrt(inputs), CYCLES));
  }
}
