package org.vqvae.audio.spectrum;

/**
 * Triangular filters that are evenly apart, and half overlap, on the mel scale {@code 2595 log10(1
 * + f / 700)} (O'Shaughnessy 1987, "Speech communication"), from 0 Hz to half the sample rate.
 *
 * <p>Davis and Mermelstein 1980, "Comparison of parametric representations for monosyllabic word
 * recognition". Each filter's peak is 1.
 */
final class MelFilters {
  private final double[][] weights;

  /**
   * @param bands how many filters
   * @param bins of the spectra, the last of which is that of half the sample rate
   */
  MelFilters(int bands, int bins, int sampleRate) {
    double highest = mel(sampleRate / 2.0);
    this.weights = new double[bands][bins];
    for (int band = 0; band < bands; band++) {
      double low = hertz(highest * band / (bands + 1));
      double peak = hertz(highest * (band + 1) / (bands + 1));
      double high = hertz(highest * (band + 2) / (bands + 1));
      for (int k = 0; k < bins; k++) {
        double f = k * sampleRate / (2.0 * (bins - 1));
        weights[band][k] =
            Math.max(0, Math.min((f - low) / (peak - low), (high - f) / (high - peak)));
      }
    }
  }

  static double mel(double hertz) {
    return 2595 * Math.log10(1 + hertz / 700);
  }

  static double hertz(double mel) {
    return 700 * (Math.pow(10, mel / 2595) - 1);
  }

  /** The power {@code [bands]} of a spectrum {@code [bins]}. */
  double[] apply(double[] power) {
    double[] bands = new double[weights.length];
    for (int band = 0; band < bands.length; band++) {
      for (int k = 0; k < power.length; k++) {
        bands[band] += weights[band][k] * power[k];
      }
    }
    return bands;
  }
}
