package org.vqvae.audio.spectrum;

import java.util.Arrays;

/**
 * The log-mel spectrogram of speech: decibels in bands of even width to the ear.
 *
 * <p>Frames as {@link Stft#forSpeech} has them, {@value #BANDS} bands as {@link MelFilters} has
 * them, {@code 10 log10 power}; 0 dB is a sine of amplitude 1.
 */
public final class LogMel {
  /** How many bands there are. */
  public static final int BANDS = 40;

  /** What lies that many decibels under the loudest band of a sound counts as silence. */
  public static final double RANGE = 80;

  /** The decibels of silence. */
  static final double SILENCE = -100;

  private final Stft stft;
  private final MelFilters filters;

  /**
   * @param sampleRate of the sounds, in Hz
   */
  public LogMel(int sampleRate) {
    this.stft = Stft.forSpeech(sampleRate);
    this.filters = new MelFilters(BANDS, stft.bins(), sampleRate);
  }

  /** The decibels {@code [frames][bands]} of a sound, at least -100. */
  public double[][] of(float[] samples) {
    return Arrays.stream(stft.power(samples)).map(this::decibels).toArray(double[][]::new);
  }

  private double[] decibels(double[] power) {
    return Arrays.stream(filters.apply(power)).map(LogMel::decibels).toArray();
  }

  private static double decibels(double power) {
    return Math.max(SILENCE, 10 * Math.log10(power));
  }

  /**
   * How far a reconstruction is from its original, in dB: the root mean square over the bands of
   * the difference of their log-mel spectra, the mean over all frames.
   *
   * <p>The log spectral distance of Gray and Markel 1976, "Distance measures for speech
   * processing", eq. 3, in mel bands. Both count as silent below {@link #RANGE} dB under the
   * loudest band of the original, so that noise that nobody hears counts nothing.
   */
  public double distance(float[] original, float[] reconstruction) {
    if (original.length != reconstruction.length) {
      throw new IllegalArgumentException(
          "an original of %d samples cannot be compared with %d"
              .formatted(original.length, reconstruction.length));
    }
    double[][] a = of(original);
    double[][] b = of(reconstruction);
    double floor = peak(a) - RANGE;
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += distance(a[i], b[i], floor);
    }
    return sum / a.length;
  }

  /** The root mean square of the difference of two spectra in dB, none of them below the floor. */
  static double distance(double[] a, double[] b, double floor) {
    double sum = 0;
    for (int band = 0; band < a.length; band++) {
      double difference = Math.max(floor, a[band]) - Math.max(floor, b[band]);
      sum += difference * difference;
    }
    return Math.sqrt(sum / a.length);
  }

  /** The loudest band of all frames. */
  public static double peak(double[][] decibels) {
    return Arrays.stream(decibels).flatMapToDouble(Arrays::stream).max().orElse(SILENCE);
  }

  /** The mean spectrum {@code [bands]} in dB: of the power of all frames of some sounds. */
  double[] meanOf(Iterable<float[]> sounds) {
    double[] sum = new double[stft.bins()];
    int frames = 0;
    for (float[] sound : sounds) {
      for (double[] power : stft.power(sound)) {
        Arrays.setAll(sum, k -> sum[k] + power[k]);
        frames++;
      }
    }
    int count = Math.max(1, frames);
    return decibels(Arrays.stream(sum).map(power -> power / count).toArray());
  }
}
