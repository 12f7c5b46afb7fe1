package org.vqvae.priors;

import java.util.Arrays;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.nn.PriorNetwork.CodeStream;
import org.vqvae.core.wavenet.WaveNetSampler;
import org.vqvae.core.wavenet.WaveNetWeights;

/** The WaveNet prior, one code at a time; the sampler computes each step once. */
final class WaveNetStream implements CodeStream {
  private final WaveNetSampler sampler;
  private final CodeShape shape;
  private final CodeMap map;
  private final int[] firstSymbols;
  private final WaveNetConditions conditions;
  private final int examples;
  private final float[][] logits;
  private int accepted;
  private boolean current;

  /**
   * Starts examples of which no code is known yet.
   *
   * @param firstSymbols the symbol of each codebook's first code
   */
  WaveNetStream(
      WaveNetWeights weights,
      CodeShape shape,
      int[] firstSymbols,
      WaveNetConditions conditions,
      int examples) {
    this.shape = shape;
    this.map = shape.map(0);
    this.firstSymbols = firstSymbols;
    this.conditions = conditions;
    this.examples = examples;
    logits = new float[map.depth()][];
    Arrays.setAll(logits, q -> new float[examples * map.codebookSizes().get(q)]);
    sampler = new WaveNetSampler(weights, examples);
  }

  @Override
  public float[] next() {
    PriorArguments.requireMoreCodes(accepted, shape);
    if (!current) {
      compute();
      current = true;
    }
    return logits[codebook()];
  }

  /** The codebook of the next code. */
  private int codebook() {
    return accepted % map.depth();
  }

  private void compute() {
    boolean newConditions = accepted == 0 || (codebook() == 0 && conditions.change());
    if (newConditions && !conditions.isEmpty()) {
      sampler.condition(conditions.at(accepted / map.depth(), 0, examples));
    }
    float[] own = logits[codebook()];
    int size = map.codebookSizes().get(codebook());
    float[][] rows = sampler.next();
    for (int n = 0; n < examples; n++) {
      System.arraycopy(rows[n], 0, own, n * size, size);
    }
  }

  @Override
  public void accept(int[] codes) {
    PriorArguments.requireOneEach(codes, examples);
    next();
    int[] symbols = codes.clone();
    for (int n = 0; n < examples; n++) {
      symbols[n] += firstSymbols[codebook()];
    }
    sampler.accept(symbols);
    accepted++;
    current = false;
  }
}
