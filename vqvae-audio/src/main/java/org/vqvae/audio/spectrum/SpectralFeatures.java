package org.vqvae.audio.spectrum;

import java.util.Arrays;

/**
 * The features of a sound for a linear classifier: its log-mel spectrum in each quarter, loudness
 * taken out.
 *
 * <p>A feature is the mean over a quarter's frames of the decibels of a band under those of the
 * sound's loudest one, at least {@value #FLOOR}: 30 dB is the range of levels that the speech
 * intelligibility index counts (ANSI S3.5-1997).
 */
public final class SpectralFeatures {
  private static final int PARTS = 4;
  private static final double FLOOR = -30;

  private final LogMel mel;

  /**
   * @param sampleRate of the sounds, in Hz
   */
  public SpectralFeatures(int sampleRate) {
    mel = new LogMel(sampleRate);
  }

  /** The features {@code [4 * 40]} of a sound; of silence, all are the least. */
  public double[] of(float[] sound) {
    double[][] decibels = mel.of(sound);
    double peak = LogMel.peak(decibels);
    double[] features = new double[PARTS * LogMel.BANDS];
    if (peak <= LogMel.SILENCE) {
      Arrays.fill(features, FLOOR);
      return features;
    }
    for (int part = 0; part < PARTS; part++) {
      int from = part * decibels.length / PARTS;
      int to = Math.max(from + 1, (part + 1) * decibels.length / PARTS);
      for (int frame = from; frame < to; frame++) {
        for (int band = 0; band < LogMel.BANDS; band++) {
          features[part * LogMel.BANDS + band] +=
              Math.max(FLOOR, decibels[frame][band] - peak) / (to - from);
        }
      }
    }
    return features;
  }
}
