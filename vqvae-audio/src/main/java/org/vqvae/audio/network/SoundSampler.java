package org.vqvae.audio.network;

import org.vqvae.audio.data.MuLaw;
import org.vqvae.core.sampling.Categorical;
import org.vqvae.core.wavenet.WaveNetSampler;
import org.vqvae.core.wavenet.WaveNetWeights;

/** Draws the samples of a few examples, one step after another, on the thread that calls it. */
record SoundSampler(
    WaveNetWeights weights, WaveNetDecoder.Settings settings, WaveNetDecoderNetwork.Form form) {

  /**
   * Draws whole examples; each has its own random stream, so it is the same whatever is drawn
   * beside it.
   *
   * @param samples receives them from {@code from} on, example after example
   */
  void sample(WaveNetDecoderNetwork.Voice[] voices, float[] samples, int from) {
    WaveNetSampler sampler = new WaveNetSampler(weights, voices.length);
    Categorical categorical = new Categorical(MuLaw.CODES, settings.sampling());
    int stretch = form.samples() / (voices[0].features().length / settings.features());
    float[][] conditions = new float[voices.length][settings.features() + form.classes()];
    int[] levels = new int[voices.length];
    for (int step = 0; step < form.samples(); step++) {
      if (step % stretch == 0) {
        fill(conditions, voices, step / stretch);
        sampler.condition(conditions);
      }
      float[][] logits = sampler.next();
      for (int n = 0; n < voices.length; n++) {
        levels[n] = categorical.draw(logits[n], 0, voices[n].random());
        samples[from + n * form.samples() + step] = MuLaw.decode(levels[n]);
      }
      sampler.accept(levels);
    }
  }

  /** Fills in the features of a latent of each voice, and its class. */
  private void fill(float[][] conditions, WaveNetDecoderNetwork.Voice[] voices, int latent) {
    int features = settings.features();
    for (int n = 0; n < voices.length; n++) {
      float[] row = conditions[n];
      System.arraycopy(voices[n].features(), latent * features, row, 0, features);
      voices[n].label().ifPresent(label -> row[features + label] = 1);
    }
  }
}
