package org.vqvae.priors;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Phase;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.wavenet.WaveNet;
import org.vqvae.core.wavenet.WaveNetSampler;
import org.vqvae.core.wavenet.WaveNetSettings;

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
    network = new WaveNet("wavenet", kernels, settings, space.codebookSize(), 0, classes);
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
    WaveNetSampler sampler = new WaveNetSampler(network.export(), examples);
    int @Nullable [] known = known(labels, examples);
    if (known != null) {
      float[][] oneHot = new float[examples][classes];
      for (int n = 0; n < examples; n++) {
        oneHot[n][known[n]] = 1;
      }
      sampler.tell(oneHot);
    }
    return new Stream(sampler, space, examples);
  }

  /** Asks the sampler once for each position, as it wants to be asked. */
  private static final class Stream implements CodeStream {
    private final WaveNetSampler sampler;
    private final CodeSpace space;
    private final int examples;
    private final float[] logits;
    private int position;
    private boolean current;

    Stream(WaveNetSampler sampler, CodeSpace space, int examples) {
      this.sampler = sampler;
      this.space = space;
      this.examples = examples;
      logits = new float[examples * space.codebookSize()];
    }

    @Override
    public float[] next() {
      if (position == space.positions()) {
        throw new IllegalStateException(
            "all %d positions of %s have their codes".formatted(position, space.grid()));
      }
      if (!current) {
        float[][] rows = sampler.next();
        for (int n = 0; n < examples; n++) {
          System.arraycopy(rows[n], 0, logits, n * rows[n].length, rows[n].length);
        }
        current = true;
      }
      return logits;
    }

    @Override
    public void accept(int[] codes) {
      CodeChecks.requireOnePosition(codes, examples, space);
      next();
      sampler.accept(codes);
      position++;
      current = false;
    }
  }
}
