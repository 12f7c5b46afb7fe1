package org.vqvae.audio.spectrum;

/**
 * The signal-to-noise ratio of a reconstruction in dB: {@code 10 log10(sum x^2 / sum (x - y)^2)}.
 *
 * <p>It asks for the very waveform: a decoder that draws samples of its own may sound right with an
 * SNR below 0, so read it beside {@link LogMel#distance}.
 */
public final class SignalToNoise {
  private SignalToNoise() {}

  /** NaN if the original is silent; infinite for a perfect reconstruction. */
  public static double decibels(float[] original, float[] reconstruction) {
    double signal = 0;
    double noise = 0;
    for (int i = 0; i < original.length; i++) {
      double error = (double) original[i] - reconstruction[i];
      signal += (double) original[i] * original[i];
      noise += error * error;
    }
    return signal == 0 ? Double.NaN : 10 * Math.log10(signal / noise);
  }
}
