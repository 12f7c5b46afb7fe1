package org.vqvae.audio.spectrum;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How high a voice is: the median fundamental frequency of a sound's voiced frames.
 *
 * <p>A frame's period is the lag at which it correlates best with itself, by the normalised cross
 * correlation of Talkin 1995, "A robust algorithm for pitch tracking", eq. 1; of lags that do
 * nearly as well the shortest, since every multiple of a period is one too. A parabola through the
 * peak finds it between samples.
 */
public final class Pitch {
  private static final double LOWEST = 60;
  private static final double HIGHEST = 450;
  private static final double FRAME_SECONDS = 0.025;
  private static final double HOP_SECONDS = 0.01;

  /** A frame that correlates less is not voiced. */
  private static final double VOICED = 0.6;

  /** A frame whose power is less, as a part of the loudest frame's, is not voiced. */
  private static final double AUDIBLE = 1e-3;

  /** What counts as nearly as well. */
  private static final double NEARLY = 0.9;

  private final int sampleRate;
  private final int frame;
  private final int shortest;
  private final int longest;

  /**
   * @param sampleRate of the sounds, in Hz
   */
  public Pitch(int sampleRate) {
    this.sampleRate = sampleRate;
    this.frame = (int) (FRAME_SECONDS * sampleRate);
    this.shortest = (int) (sampleRate / HIGHEST);
    this.longest = (int) Math.ceil(sampleRate / LOWEST);
  }

  /** The median over all voiced frames in Hz; empty if there are none. */
  public OptionalDouble median(float[] samples) {
    double[] pitches = voiced(samples);
    return pitches.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(pitches[pitches.length / 2]);
  }

  /** Semitones from one pitch up to another. */
  public static double semitones(double from, double to) {
    return 12 * Math.log(to / from) / Math.log(2);
  }

  /** The pitches of all voiced frames, sorted. */
  private double[] voiced(float[] samples) {
    int hop = (int) (HOP_SECONDS * sampleRate);
    int last = samples.length - frame - longest - 1;
    double loudest = 0;
    for (int from = 0; from <= last; from += hop) {
      loudest = Math.max(loudest, product(samples, from, 0));
    }
    List<Double> pitches = new ArrayList<>();
    for (int from = 0; from <= last; from += hop) {
      if (product(samples, from, 0) > loudest * AUDIBLE) {
        pitch(correlations(samples, from)).ifPresent(pitches::add);
      }
    }
    return pitches.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** The normalised correlation of a frame with what comes {@code shortest - 1 + i} later. */
  private double[] correlations(float[] samples, int from) {
    double[] correlations = new double[longest - shortest + 3];
    double here = product(samples, from, 0);
    for (int i = 0; i < correlations.length; i++) {
      int lag = shortest - 1 + i;
      double there = product(samples, from + lag, 0);
      correlations[i] = product(samples, from, lag) / Math.sqrt(here * there + 1e-12);
    }
    return correlations;
  }

  private double product(float[] samples, int from, int lag) {
    double sum = 0;
    for (int i = from; i < from + frame; i++) {
      sum += (double) samples[i] * samples[i + lag];
    }
    return sum;
  }

  private OptionalDouble pitch(double[] correlations) {
    double best = 0;
    for (int i = 1; i < correlations.length - 1; i++) {
      best = isPeak(correlations, i) ? Math.max(best, correlations[i]) : best;
    }
    for (int i = 1; i < correlations.length - 1 && best > VOICED; i++) {
      if (isPeak(correlations, i) && correlations[i] >= NEARLY * best) {
        return OptionalDouble.of(sampleRate / (shortest - 1 + i + summit(correlations, i)));
      }
    }
    return OptionalDouble.empty();
  }

  private static boolean isPeak(double[] values, int i) {
    return values[i] > values[i - 1] && values[i] >= values[i + 1];
  }

  /** Where the parabola through a peak and its neighbours is highest, from -0.5 to 0.5. */
  private static double summit(double[] values, int i) {
    double curve = values[i - 1] - 2 * values[i] + values[i + 1];
    return (values[i - 1] - values[i + 1]) / (2 * curve);
  }
}
