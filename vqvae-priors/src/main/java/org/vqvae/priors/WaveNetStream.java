package org.vqvae.priors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.nn.PriorNetwork.CodeStream;
import org.vqvae.core.wavenet.WaveNetSampler;
import org.vqvae.core.wavenet.WaveNetWeights;

/**
 * The WaveNet prior, one code at a time. The examples are shared among as many threads as there are
 * processors, each with a sampler of its own, which computes each step once.
 */
final class WaveNetStream implements CodeStream {
  private final List<Part> parts = new ArrayList<>();
  private final CodeShape shape;
  private final CodeMap map;
  private final int[] firstSymbols;
  private final WaveNetConditions conditions;
  private final int examples;
  private final float[][] logits;
  private int accepted;
  private boolean current;

  /** Some of the examples. */
  private record Part(WaveNetSampler sampler, int from, int to) {

    /** Writes its logits to their place among those of all examples. */
    void next(float[] logits, int size) {
      float[][] rows = sampler.next();
      for (int n = from; n < to; n++) {
        System.arraycopy(rows[n - from], 0, logits, n * size, size);
      }
    }
  }

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
    int count = Math.min(examples, Runtime.getRuntime().availableProcessors());
    for (int i = 0; i < count; i++) {
      int from = i * examples / count;
      int to = (i + 1) * examples / count;
      parts.add(new Part(new WaveNetSampler(weights, to - from), from, to));
    }
  }

  @Override
  public float[] next() {
    PriorArguments.requireMoreCodes(accepted, shape);
    if (!current) {
      parts.parallelStream().forEach(this::compute);
      current = true;
    }
    return logits[codebook()];
  }

  /** The codebook of the next code. */
  private int codebook() {
    return accepted % map.depth();
  }

  private void compute(Part part) {
    boolean newConditions = accepted == 0 || (codebook() == 0 && conditions.change());
    if (newConditions && !conditions.isEmpty()) {
      int position = accepted / map.depth();
      part.sampler.condition(conditions.at(position, part.from, part.to));
    }
    part.next(logits[codebook()], map.codebookSizes().get(codebook()));
  }

  @Override
  public void accept(int[] codes) {
    PriorArguments.requireOneEach(codes, examples);
    next();
    int[] symbols = codes.clone();
    for (int n = 0; n < examples; n++) {
      symbols[n] += firstSymbols[codebook()];
    }
    for (Part part : parts) {
      part.sampler.accept(Arrays.copyOfRange(symbols, part.from, part.to));
    }
    accepted++;
    current = false;
  }
}
