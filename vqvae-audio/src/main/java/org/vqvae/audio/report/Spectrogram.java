package org.vqvae.audio.report;

import java.awt.image.BufferedImage;
import org.vqvae.audio.spectrum.LogMel;

/**
 * Draws a log-mel spectrogram: time to the right, high bands above, one point for each frame and
 * band; what is {@link #RANGE} dB under the loudest is darkest. Its colours are its own, so that it
 * reads the same on a light page and on a dark one.
 */
final class Spectrogram {
  private static final double RANGE = 60;

  /** From quiet to loud, each a step lighter than the one before. */
  private static final int[] COLOURS = {
    0x0B0D2B, 0x2A1A66, 0x6A1E80, 0xAE2F6F, 0xE5574C, 0xF99B3D, 0xFCE9A4
  };

  private Spectrogram() {}

  /**
   * Draws.
   *
   * @param loudest the decibels of the lightest colour: those of the original, so that both of a
   *     pair are on one scale
   */
  static BufferedImage draw(double[][] decibels, double loudest) {
    BufferedImage image =
        new BufferedImage(decibels.length, LogMel.BANDS, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < decibels.length; x++) {
      for (int band = 0; band < LogMel.BANDS; band++) {
        double level = (decibels[x][band] - loudest) / RANGE + 1;
        image.setRGB(x, LogMel.BANDS - 1 - band, colour(Math.max(0, Math.min(1, level))));
      }
    }
    return image;
  }

  private static int colour(double level) {
    double at = level * (COLOURS.length - 1);
    int below = Math.min(COLOURS.length - 2, (int) at);
    int colour = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int from = COLOURS[below] >> shift & 255;
      int to = COLOURS[below + 1] >> shift & 255;
      colour |= (int) Math.round(from + (to - from) * (at - below)) << shift;
    }
    return colour;
  }
}
