package org.vqvae.audio.network;

import java.util.Arrays;
import org.vqvae.audio.data.MuLaw;
import org.vqvae.core.Phase;
import org.vqvae.core.random.RandomStream;

/**
 * Hides, in training, stretches of the samples that the decoder predicts from, by silence. A
 * decoder that always saw true samples leaves to them what the latents should tell: when it draws
 * its own, it stays silent once it was silent, and drifts in loudness. This way latents must do.
 *
 * <p>The word dropout of Bowman et al. 2016, "Generating sentences from a continuous space", <a
 * href="https://arxiv.org/abs/1511.06349">paper</a>, sec. 3.1, with the samples of a latent for a
 * word.
 */
final class HistoryDropout {
  private static final int SILENCE = MuLaw.encode(0);

  private final double probability;
  private final int stretch;
  private final RandomStream random;

  /**
   * @param probability that a stretch is hidden
   * @param stretch samples of a latent
   */
  HistoryDropout(double probability, int stretch, RandomStream random) {
    this.probability = probability;
    this.stretch = stretch;
    this.random = random;
  }

  /** What the decoder is shown of levels, whose number is a multiple of the stretch's. */
  int[] forward(int[] levels, Phase phase) {
    if (phase == Phase.EVAL || probability == 0) {
      return levels;
    }
    int[] shown = levels.clone();
    for (int from = 0; from < shown.length; from += stretch) {
      if (random.nextDouble() < probability) {
        Arrays.fill(shown, from, from + stretch, SILENCE);
      }
    }
    return shown;
  }
}
