package org.vqvae.audio.network;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.random.ExampleStreams;
import org.vqvae.core.random.RandomStream;

/**
 * Replaces a latent by a neighbour now and then, in training, so that no latent can be relied on to
 * the sample (Chorowski et al. 2019, "Unsupervised speech representation learning using WaveNet
 * autoencoders", <a href="https://arxiv.org/abs/1901.08810">paper</a>, sec. III-C).
 */
final class TimeJitter {
  private final Kernels kernels;
  private final double probability;
  private final ExampleStreams random;
  private final Buffers buffers = new Buffers();
  private int[] sources = {};

  TimeJitter(Kernels kernels, double probability, ExampleStreams random) {
    this.kernels = kernels;
    this.probability = probability;
    this.random = random;
  }

  /** {@code [N, T', D]} to the same. */
  INDArray forward(INDArray latents, Phase phase) {
    if (!phase.training() || probability == 0) {
      sources = new int[0];
      return latents;
    }
    int steps = (int) latents.size(1);
    sources = new int[(int) latents.size(0) * steps];
    for (int first = 0; first < sources.length; first += steps) {
      RandomStream stream = random.of(phase, first / steps);
      for (int step = 0; step < steps; step++) {
        sources[first + step] = first + neighbour(step, steps, stream);
      }
    }
    INDArray jittered = buffers.get("y", latents.dataType(), latents.shape());
    kernels.gatherRows(rows(latents), sources, rows(jittered));
    return jittered;
  }

  private int neighbour(int step, int steps, RandomStream stream) {
    double chance = stream.nextDouble();
    if (chance >= probability) {
      return step;
    }
    int neighbour = chance < probability / 2 ? step - 1 : step + 1;
    return Math.max(0, Math.min(steps - 1, neighbour));
  }

  INDArray backward(INDArray gradient) {
    if (sources.length == 0) {
      return gradient;
    }
    INDArray back = buffers.get("dx", gradient.dataType(), gradient.shape());
    kernels.clear(back);
    kernels.addRows(rows(gradient), sources, rows(back));
    return back;
  }

  private static INDArray rows(INDArray array) {
    return array.reshape('c', -1, array.size(2));
  }
}
