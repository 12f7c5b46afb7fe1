package org.vqvae.audio.network;

import java.util.Arrays;
import org.vqvae.audio.data.MuLaw;
import org.vqvae.core.Phase;
import org.vqvae.core.random.ExampleStreams;
import org.vqvae.core.random.RandomStream;

/**
 * Replaces stretches of the samples that the decoder predicts from by silence, in training. A
 * decoder that always saw true samples neglects the latents: when it draws its own samples, it
 * stays silent once it was silent, and its loudness drifts. With gaps in its history it has to use
 * the latents.
 *
 * <p>The word dropout of Bowman et al. 2016, "Generating sentences from a continuous space", <a
 * href="https://arxiv.org/abs/1511.06349">paper</a>, sec. 3.1, with the samples of a latent for a
 * word.
 */
final class HistoryDropout {
  private static final int SILENCE = MuLaw.encode(0);

  private final double probability;
  private final int stretch;
  private final ExampleStreams random;

  /**
   * @param probability that a stretch is hidden
   * @param stretch samples of a latent
   */
  HistoryDropout(double probability, int stretch, ExampleStreams random) {
    this.probability = probability;
    this.stretch = stretch;
    this.random = random;
  }

  /**
   * The levels that the decoder predicts from.
   *
   * @param levels of all samples, example after example, each of a multiple of the stretch
   * @return the same array where nothing is hidden, otherwise a new one
   */
  int[] forward(int[] levels, int examples, Phase phase) {
    if (!phase.training() || probability == 0) {
      return levels;
    }
    int[] shown = levels.clone();
    int samples = levels.length / examples;
    for (int n = 0; n < examples; n++) {
      hide(shown, n * samples, (n + 1) * samples, random.of(phase, n));
    }
    return shown;
  }

  private void hide(int[] shown, int start, int end, RandomStream stream) {
    for (int from = start; from < end; from += stretch) {
      if (stream.nextDouble() < probability) {
        Arrays.fill(shown, from, from + stretch, SILENCE);
      }
    }
  }
}
