package org.vqvae.audio.spectrum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Whether examples that were decoded as another class, such as another speaker, sound more like
 * that class: measured by pitch, and by the spectrum's shape, which tells formants and tilt.
 *
 * @param converted how many conversions have a pitch, of classes that have one
 * @param pitchToSource semitones between a conversion's pitch and its own class's, the mean
 * @param pitchToTarget semitones between a conversion's pitch and the target class's, the mean
 * @param pitchMoved the part of the way from source to target in semitones, by least squares
 * @param spectrumToSource dB between the mean spectra of conversions from a class and of the class,
 *     loudness taken out, the mean over the classes
 * @param spectrumToTarget dB between the mean spectra of conversions to a class and of the class
 */
public record Conversion(
    int converted,
    double pitchToSource,
    double pitchToTarget,
    double pitchMoved,
    double spectrumToSource,
    double spectrumToTarget) {

  /**
   * Measures conversions.
   *
   * @param sampleRate of the sounds, in Hz
   * @param originals the examples, samples of -1...+1
   * @param conversions what became of each
   * @param sources the class of each
   * @param targets the class that each was decoded as
   */
  public static Conversion of(
      int sampleRate,
      List<float[]> originals,
      List<float[]> conversions,
      int[] sources,
      int[] targets) {
    int classes = IntStream.concat(IntStream.of(sources), IntStream.of(targets)).max().orElse(0);
    Pitches pitches = Pitches.of(new Pitch(sampleRate), originals, sources, classes + 1);
    Way way = new Way();
    for (int i = 0; i < sources.length; i++) {
      OptionalDouble pitch = pitches.tracker.median(conversions.get(i));
      if (pitch.isPresent()) {
        way.add(pitches.medians[sources[i]], pitches.medians[targets[i]], pitch.getAsDouble());
      }
    }
    LogMel mel = new LogMel(sampleRate);
    return new Conversion(
        way.count,
        way.toSource / way.count,
        way.toTarget / way.count,
        way.moved / way.wanted,
        apart(mel, select(originals, sources, classes), select(conversions, sources, classes)),
        apart(mel, select(originals, sources, classes), select(conversions, targets, classes)));
  }

  /** The pitch of each class, NaN for one without: the median of its examples' medians. */
  private record Pitches(Pitch tracker, double[] medians) {

    static Pitches of(Pitch tracker, List<float[]> sounds, int[] labels, int classes) {
      double[] medians = new double[classes];
      for (int label = 0; label < classes; label++) {
        int wanted = label;
        double[] found =
            IntStream.range(0, labels.length)
                .filter(i -> labels[i] == wanted)
                .mapToObj(i -> tracker.median(sounds.get(i)))
                .flatMapToDouble(OptionalDouble::stream)
                .sorted()
                .toArray();
        medians[label] = found.length == 0 ? Double.NaN : found[found.length / 2];
      }
      return new Pitches(tracker, medians);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Pitches that && Arrays.equals(medians, that.medians);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(medians);
    }

    @Override
    public String toString() {
      return Arrays.toString(medians);
    }
  }

  /** How far conversions went from one pitch to another, added up. */
  private static final class Way {
    private int count;
    private double toSource;
    private double toTarget;
    private double moved;
    private double wanted;

    void add(double source, double target, double pitch) {
      double way = Pitch.semitones(source, target);
      if (Double.isNaN(way)) {
        return;
      }
      double gone = Pitch.semitones(source, pitch);
      toSource += Math.abs(gone);
      toTarget += Math.abs(way - gone);
      moved += way * gone;
      wanted += way * way;
      count++;
    }
  }

  /** The sounds of each class. */
  private static List<List<float[]>> select(List<float[]> sounds, int[] labels, int highest) {
    List<List<float[]>> byClass = new ArrayList<>();
    for (int label = 0; label <= highest; label++) {
      int wanted = label;
      byClass.add(
          IntStream.range(0, labels.length)
              .filter(i -> labels[i] == wanted)
              .mapToObj(sounds::get)
              .toList());
    }
    return byClass;
  }

  /** The mean over the classes that have sounds of both kinds; NaN if none has. */
  private static double apart(LogMel mel, List<List<float[]>> some, List<List<float[]>> others) {
    return IntStream.range(0, some.size())
        .filter(label -> !some.get(label).isEmpty() && !others.get(label).isEmpty())
        .mapToDouble(
            label ->
                LogMel.distance(
                    shape(mel.meanOf(some.get(label))),
                    shape(mel.meanOf(others.get(label))),
                    -LogMel.RANGE))
        .average()
        .orElse(Double.NaN);
  }

  /** A spectrum in dB whose mean is 0. */
  private static double[] shape(double[] spectrum) {
    double mean = Arrays.stream(spectrum).average().orElse(0);
    return Arrays.stream(spectrum).map(decibels -> decibels - mean).toArray();
  }
}
