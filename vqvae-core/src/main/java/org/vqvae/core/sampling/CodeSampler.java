package org.vqvae.core.sampling;

import org.jspecify.annotations.Nullable;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.nn.PriorNetwork.CodeStream;
import org.vqvae.core.random.RandomStream;

/** Draws codes from a prior, position after position in raster order (ancestral sampling). */
public final class CodeSampler {
  private final PriorNetwork network;
  private final CodeSpace space;
  private final Categorical categorical;
  private final RandomStream random;

  /**
   * @param space the codes that the network was built for
   * @param random where all chance comes from: one number per code
   */
  public CodeSampler(
      PriorNetwork network, CodeSpace space, SamplingSettings settings, RandomStream random) {
    this.network = network;
    this.space = space;
    this.random = random;
    categorical = new Categorical(space.codebookSize(), settings);
  }

  /**
   * Draws the codes of new examples.
   *
   * @param labels the class of each example, null when the prior is not conditioned
   * @return {@code examples * positions} codes, example after example
   */
  public int[] sample(int examples, int @Nullable [] labels) {
    CodeStream stream = network.stream(examples, labels);
    int[] codes = new int[Math.multiplyExact(examples, space.positions())];
    int[] drawn = new int[examples];
    for (int position = 0; position < space.positions(); position++) {
      float[] logits = stream.next();
      for (int example = 0; example < examples; example++) {
        drawn[example] = categorical.draw(logits, example * space.codebookSize(), random);
        codes[example * space.positions() + position] = drawn[example];
      }
      stream.accept(drawn);
    }
    return codes;
  }
}
