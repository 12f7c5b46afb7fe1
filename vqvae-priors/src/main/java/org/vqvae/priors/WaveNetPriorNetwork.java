package org.vqvae.priors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Phase;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.wavenet.Alphabet;
import org.vqvae.core.wavenet.WaveNet;
import org.vqvae.core.wavenet.WaveNetSampler;
import org.vqvae.core.wavenet.WaveNetSettings;
import org.vqvae.core.wavenet.WaveNetWeights;

/**
 * A {@link WaveNet} over the codes of an example, conditioned on its class if there are classes.
 */
final class WaveNetPriorNetwork implements PriorNetwork {
  private final CodeSpace space;
  private final int classes;
  private final WaveNet network;

  WaveNetPriorNetwork(Kernels kernels, WaveNetSettings settings, CodeSpace space, int classes) {
    this.space = space;
    this.classes = classes;
    network =
        new WaveNet(
            "wavenet", kernels, settings, Alphabet.ofCodes(space.codebookSize()), 0, classes);
  }

  @Override
  public List<Parameter> parameters() {
    return network.parameters();
  }

  @Override
  public INDArray logits(int[] codes, int @Nullable [] labels, Phase phase) {
    int examples = CodeChecks.examples(codes, space);
    return network.logits(codes, examples, null, known(labels, examples));
  }

  private int @Nullable [] known(int @Nullable [] labels, int examples) {
    return classes == 0 ? null : CodeChecks.requireLabels(labels, examples, classes);
  }

  @Override
  public void backward(INDArray gradient) {
    network.backward(gradient);
  }

  @Override
  public CodeStream stream(int examples, int @Nullable [] labels) {
    return new Stream(network.export(), space, conditions(labels, examples));
  }

  /** c of each example: its class as a one-hot vector, if there are classes. */
  private float[][] conditions(int @Nullable [] labels, int examples) {
    float[][] oneHot = new float[examples][classes];
    int @Nullable [] known = known(labels, examples);
    for (int n = 0; known != null && n < examples; n++) {
      oneHot[n][known[n]] = 1;
    }
    return oneHot;
  }

  /** Some of the examples, whose codes are drawn by a sampler of their own. */
  private record Part(WaveNetSampler sampler, int from, int to) {

    /** Writes its logits to their place among those of all examples. */
    void next(float[] logits) {
      float[][] rows = sampler.next();
      for (int n = from; n < to; n++) {
        float[] row = rows[n - from];
        System.arraycopy(row, 0, logits, n * row.length, row.length);
      }
    }

    void accept(int[] codes) {
      sampler.accept(Arrays.copyOfRange(codes, from, to));
    }
  }

  /**
   * Asks the samplers once for each position, as they want to be asked; the examples are shared
   * among as many threads as there are processors.
   */
  private static final class Stream implements CodeStream {
    private final List<Part> parts = new ArrayList<>();
    private final CodeSpace space;
    private final int examples;
    private final float[] logits;
    private int position;
    private boolean current;

    Stream(WaveNetWeights weights, CodeSpace space, float[][] conditions) {
      this.space = space;
      examples = conditions.length;
      logits = new float[examples * space.codebookSize()];
      int count = Math.min(examples, Runtime.getRuntime().availableProcessors());
      for (int i = 0; i < count; i++) {
        int from = i * examples / count;
        int to = (i + 1) * examples / count;
        WaveNetSampler sampler = new WaveNetSampler(weights, to - from);
        if (conditions[from].length > 0) {
          sampler.tell(Arrays.copyOfRange(conditions, from, to));
        }
        parts.add(new Part(sampler, from, to));
      }
    }

    @Override
    public float[] next() {
      if (position == space.positions()) {
        throw new IllegalStateException(
            "all %d positions of %s have their codes".formatted(position, space.grid()));
      }
      if (!current) {
        parts.parallelStream().forEach(part -> part.next(logits));
        current = true;
      }
      return logits;
    }

    @Override
    public void accept(int[] codes) {
      CodeChecks.requireOnePosition(codes, examples, space);
      next();
      parts.forEach(part -> part.accept(codes));
      position++;
      current = false;
    }
  }
}
