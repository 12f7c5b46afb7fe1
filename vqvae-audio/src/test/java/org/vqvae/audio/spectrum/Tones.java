package org.vqvae.audio.spectrum;

import org.vqvae.core.random.RandomStream;

/** Sounds of known spectra. */
final class Tones {
  static final int RATE = 8_000;

  private Tones() {}

  static float[] sine(double hertz, double amplitude, int samples) {
    float[] sound = new float[samples];
    for (int i = 0; i < samples; i++) {
      sound[i] = (float) (amplitude * Math.sin(2 * Math.PI * hertz * i / RATE));
    }
    return sound;
  }

  /** A voice of a sort: pulses, each of which makes a damped resonance sound. */
  static float[] voice(double pitch, double formant, int samples) {
    float[] sound = new float[samples];
    double since = 0;
    for (int i = 0; i < samples; i++) {
      since += 1.0 / RATE;
      since = since >= 1 / pitch ? since - 1 / pitch : since;
      for (int pulse = 0; pulse < 3; pulse++) {
        double t = since + pulse / pitch;
        sound[i] += (float) (0.3 * Math.exp(-300 * t) * Math.sin(2 * Math.PI * formant * t));
      }
    }
    return sound;
  }

  static float[] noise(String name, double deviation, int samples) {
    RandomStream random = RandomStream.of(3, name);
    float[] sound = new float[samples];
    for (int i = 0; i < samples; i++) {
      sound[i] = (float) (deviation * random.nextGaussian());
    }
    return sound;
  }

  static float[] sum(float[] one, float[] other) {
    float[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }
}
