package org.vqvae.audio.spectrum;

import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * The short-time Fourier transform: the spectra of overlapping stretches of sound under a Hann
 * window.
 *
 * <p>Allen and Rabiner 1977, "A unified approach to short-time Fourier analysis and synthesis".
 * Frame i is centred on sample {@code i hop}; beyond its ends a sound is silent. Power is scaled so
 * that a sine of amplitude 1 has power 1 at its frequency.
 *
 * @param window samples of a frame, a power of two
 * @param hop samples from frame to frame
 */
public record Stft(int window, int hop) {

  public Stft {
    if (window < 4 || Integer.bitCount(window) != 1 || hop < 1) {
      throw new IllegalArgumentException(
          "a window must be a power of two from 4 on, and a hop at least 1, but they are %d and %d"
              .formatted(window, hop));
    }
  }

  /**
   * What suits speech at a sample rate: the shortest window of at least 25 ms, a quarter of it from
   * frame to frame.
   */
  public static Stft forSpeech(int sampleRate) {
    int window = 4;
    while (window < sampleRate / 40.0) {
      window *= 2;
    }
    return new Stft(window, window / 4);
  }

  /** The frames of that many samples: every sample is within half a hop of a frame's centre. */
  public int frames(int samples) {
    return samples / hop + 1;
  }

  /** The frequencies of a spectrum: bin k is that of {@code k sampleRate / window} Hz. */
  public int bins() {
    return window / 2 + 1;
  }

  /** The Hann window {@code (1 - cos(2 pi i / window)) / 2}, whose shifts add up evenly. */
  public static double[] hann(int window) {
    double[] weights = new double[window];
    for (int i = 0; i < window; i++) {
      weights[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / window);
    }
    return weights;
  }

  /** The power {@code [frames][bins]} of a sound. */
  public double[][] power(float[] samples) {
    double[] weights = hann(window);
    double[][] power = new double[frames(samples.length)][];
    double[][] frame = new double[2][window];
    for (int i = 0; i < power.length; i++) {
      read(samples, i * hop - window / 2, weights, frame);
      FastFourierTransformer.transformInPlace(
          frame, DftNormalization.STANDARD, TransformType.FORWARD);
      power[i] = power(frame);
    }
    return power;
  }

  private static void read(float[] samples, int from, double[] weights, double[][] frame) {
    for (int i = 0; i < weights.length; i++) {
      int at = from + i;
      frame[0][i] = at < 0 || at >= samples.length ? 0 : weights[i] * samples[at];
      frame[1][i] = 0;
    }
  }

  private double[] power(double[][] spectrum) {
    double sine = window / 4.0; // half of the window's sum: what a sine of amplitude 1 comes to
    double[] power = new double[bins()];
    for (int k = 0; k < power.length; k++) {
      double re = spectrum[0][k] / sine;
      double im = spectrum[1][k] / sine;
      power[k] = re * re + im * im;
    }
    return power;
  }
}
