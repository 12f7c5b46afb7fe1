package org.vqvae.core.sampling;

import java.util.Map;
import java.util.TreeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.nn.PriorNetwork.CodeStream;
import org.vqvae.core.random.RandomStream;

/** Draws codes from a prior, code after code in the order of their shape (ancestral sampling). */
public final class CodeSampler {
  private final PriorNetwork network;
  private final CodeShape shape;
  private final SamplingSettings settings;
  private final RandomStream random;
  private final Map<Integer, Categorical> categoricals = new TreeMap<>();

  /**
   * Makes a sampler.
   *
   * @param shape of the codes that the network was built for
   * @param random where all chance comes from: one number per code
   */
  public CodeSampler(
      PriorNetwork network, CodeShape shape, SamplingSettings settings, RandomStream random) {
    this.network = network;
    this.shape = shape;
    this.settings = settings;
    this.random = random;
  }

  /**
   * Draws the codes of new examples.
   *
   * @param condition of these examples
   */
  public Codes sample(int examples, Condition condition) {
    CodeStream stream = network.stream(examples, condition);
    int each = shape.codes();
    int[] codes = new int[Math.multiplyExact(examples, each)];
    for (int index = 0; index < each; index++) {
      int[] drawn = draw(stream.next(), shape.codebookSize(index), examples);
      for (int example = 0; example < examples; example++) {
        codes[example * each + index] = drawn[example];
      }
      stream.accept(drawn);
    }
    return Codes.of(shape, codes);
  }

  /** One code for each example, each from its row of logits. */
  private int[] draw(float[] logits, int size, int examples) {
    Categorical categorical =
        categoricals.computeIfAbsent(size, key -> new Categorical(key, settings));
    int[] drawn = new int[examples];
    for (int example = 0; example < examples; example++) {
      drawn[example] = categorical.draw(logits, example * size, random);
    }
    return drawn;
  }
}
