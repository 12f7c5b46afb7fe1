package org.vqvae.audio.network;

import org.vqvae.audio.data.MuLaw;
import org.vqvae.core.sampling.Categorical;
import org.vqvae.core.wavenet.WaveNetSampler;
import org.vqvae.core.wavenet.WaveNetWeights;

/** Draws the samples of a few examples, one step after another, on the thread that calls it. */
record SoundSampler(
    WaveNetWeights weights, WaveNetDecoder.Settings settings, WaveNetDecoderNetwork.Form form) {

  /**
   * Draws whole examples; each has its own chance, so what else is drawn beside it does not matter.
   *
   * @param samples receives them from {@code from} on, example after example
   */
  void sample(WaveNetDecoderNetwork.Voice[] voices, float[] samples, int from) {
    WaveNetSampler sampler = new WaveNetSampler(weights, voices.length);
    Categorical categorical = new Categorical(MuLaw.CODES, settings.sampling());
    int stretch = form.samples() / (voices[0].features().length / settings.features());
    float[][] told = new float[voices.length][settings.features() + form.classes()];
    int[] levels = new int[voices.length];
    for (int step = 0; step < form.samples(); step++) {
      if (step % stretch == 0) {
        tell(voices, step / stretch, told);
        sampler.tell(told);
      }
      float[][] logits = sampler.next();
      for (int n = 0; n < voices.length; n++) {
        levels[n] = categorical.draw(logits[n], 0, voices[n].random());
        samples[from + n * form.samples() + step] = MuLaw.decode(levels[n]);
      }
      sampler.accept(levels);
    }
  }

  private void tell(WaveNetDecoderNetwork.Voice[] voices, int latent, float[][] told) {
    int features = settings.features();
    for (int n = 0; n < voices.length; n++) {
      System.arraycopy(voices[n].features(), latent * features, told[n], 0, features);
      if (voices[n].label() >= 0) {
        told[n][features + voices[n].label()] = 1;
      }
    }
  }
}
