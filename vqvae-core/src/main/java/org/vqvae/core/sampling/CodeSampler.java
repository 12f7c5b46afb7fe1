package org.vqvae.core.sampling;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.nn.Cut;
import org.vqvae.core.nn.PriorModel;
import org.vqvae.core.nn.PriorNetwork.CodeStream;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.random.RandomStream;

/** Draws codes from a prior, code after code in the order of their shape (ancestral sampling). */
public final class CodeSampler {
  private final Replicas<PriorModel> prior;
  private final CodeShape shape;
  private final SamplingSettings settings;
  private final RandomStream random;

  /**
   * Makes a sampler.
   *
   * @param shape of the codes that the network was built for
   * @param random where all chance comes from: one number for each part of the examples
   */
  public CodeSampler(
      Replicas<PriorModel> prior, CodeShape shape, SamplingSettings settings, RandomStream random) {
    this.prior = prior;
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
    List<Cut.Range> ranges = Cut.of(examples, shape.codes());
    List<RandomStream> streams =
        ranges.stream().map(range -> RandomStream.restore(random.nextLong())).toList();
    return Codes.concat(
        prior.map(
            ranges.size(),
            (replica, i) -> {
              Cut.Range range = ranges.get(i);
              return sample(
                  replica.network().network().stream(
                      range.size(), condition.examples(range.from(), range.to())),
                  range.size(),
                  streams.get(i));
            }));
  }

  private Codes sample(CodeStream stream, int examples, RandomStream chance) {
    Map<Integer, Categorical> categoricals = new TreeMap<>();
    int each = shape.codes();
    int[] codes = new int[Math.multiplyExact(examples, each)];
    for (int index = 0; index < each; index++) {
      Categorical categorical =
          categoricals.computeIfAbsent(
              shape.codebookSize(index), size -> new Categorical(size, settings));
      int[] drawn = draw(stream.next(), categorical, shape.codebookSize(index), examples, chance);
      for (int example = 0; example < examples; example++) {
        codes[example * each + index] = drawn[example];
      }
      stream.accept(drawn);
    }
    return Codes.of(shape, codes);
  }

  /** One code for each example, each from its row of logits. */
  private static int[] draw(
      float[] logits, Categorical categorical, int size, int examples, RandomStream chance) {
    int[] drawn = new int[examples];
    for (int example = 0; example < examples; example++) {
      drawn[example] = categorical.draw(logits, example * size, chance);
    }
    return drawn;
  }
}
