package org.vqvae.audio.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vqvae.audio.Sounds;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.data.Split;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.testing.DatasetContract;

class VoicesDatasetTest extends DatasetContract {
  private static final int LENGTH = 2048;
  private static final int RATE = 8000;

  @Override
  protected Dataset open() {
    return voices(120, 1);
  }

  @Override
  protected Dataset openOther() {
    return voices(120, 2);
  }

  @Test
  void speakers_are_the_classes_and_vowels_another_field() {
    Dataset data = open();
    assertThat(data.spec().batchShape(4)).containsExactly(4, LENGTH, 1);
    assertThat(Sounds.rate(data.spec())).isEqualTo(RATE);
    assertThat(data.spec().classes())
        .containsExactly("adam", "boris", "clara", "diana", "emil", "flora");
    assertThat(data.fields())
        .containsExactly(
            new Field("speaker", data.spec().classes()),
            new Field("vowel", List.of("i", "e", "a", "o", "u")));
  }

  @Test
  void every_pair_of_speaker_and_vowel_is_as_frequent_as_any_other() {
    Dataset data = open();
    Examples train = data.examples(Split.TRAIN);
    int[] counts = new int[30];
    for (int i = 0; i < train.size(); i++) {
      counts[train.label(i) * 5 + train.label(data.fields().get(1), i)]++;
    }
    assertThat(counts).containsOnly(4);
  }

  @Test
  void asking_for_more_examples_changes_none() {
    Examples few = voices(30, 1).examples(Split.TRAIN);
    Examples many = voices(60, 1).examples(Split.TRAIN);
    for (int i = 0; i < 30; i++) {
      assertThat(read(few, i)).containsExactly(read(many, i));
    }
  }

  @Test
  void each_speaker_has_the_pitch_that_is_theirs() {
    Examples train = open().examples(Split.TRAIN);
    Speaker[] speakers = Speaker.values();
    for (int s = 0; s < speakers.length; s++) {
      Speaker speaker = speakers[s];
      double[] pitches = new double[20];
      for (int i = 0; i < pitches.length; i++) {
        pitches[i] = pitch(read(train, i * 6 + s));
      }
      Arrays.sort(pitches);
      double median = pitches[pitches.length / 2];
      assertThat(median)
          .as("the median pitch of %s", speaker)
          .isBetween(speaker.pitch * 0.85, speaker.pitch * 1.1);
    }
  }

  @Test
  void vowels_can_be_told_from_the_spectrum_of_speakers_of_any_pitch() {
    // GIVEN the mean spectrum of each vowel
    Dataset data = open();
    Field vowels = data.fields().get(1);
    Examples train = data.examples(Split.TRAIN);
    double[][] means = new double[vowels.values().size()][20];
    for (int i = 0; i < train.size(); i++) {
      double[] spectrum = spectrum(read(train, i));
      for (int b = 0; b < 20; b++) {
        means[train.label(vowels, i)][b] += spectrum[b] / ((double) train.size() / means.length);
      }
    }
    // WHEN others are given the vowel of the nearest mean
    Examples test = data.examples(Split.TEST);
    int right = 0;
    for (int i = 0; i < test.size(); i++) {
      right += nearest(means, spectrum(read(test, i))) == test.label(vowels, i) ? 1 : 0;
    }
    // THEN most are right, where chance is a fifth
    assertThat((double) right / test.size()).isGreaterThan(0.7);
  }

  /** The lag of the highest peak of the autocorrelation of the middle, between 70 and 350 Hz. */
  private static double pitch(float[] sound) {
    int best = 0;
    double highest = 0;
    for (int lag = RATE / 350; lag <= RATE / 70; lag++) {
      double sum = 0;
      double energy = 1e-9;
      for (int i = 700; i < 1300; i++) {
        sum += sound[i] * sound[i + lag];
        energy += sound[i + lag] * sound[i + lag];
      }
      double peak = sum / Math.sqrt(energy);
      // a later peak of the same height is a multiple of the period
      if (peak > highest * 1.05) {
        highest = peak;
        best = lag;
      }
    }
    return (double) RATE / best;
  }

  /** Log power in 20 bands of 150 Hz, without loudness. */
  private static double[] spectrum(float[] sound) {
    double[] bands = new double[20];
    double mean = 0;
    for (int b = 0; b < bands.length; b++) {
      double power = 1e-9;
      for (int f = 0; f < 10; f++) {
        double step = 2 * Math.PI * (150 * b + 15 * f + 100) / RATE;
        double re = 0;
        double im = 0;
        for (int i = 0; i < sound.length; i++) {
          re += sound[i] * Math.cos(step * i);
          im += sound[i] * Math.sin(step * i);
        }
        power += re * re + im * im;
      }
      bands[b] = Math.log(power);
      mean += bands[b] / bands.length;
    }
    for (int b = 0; b < bands.length; b++) {
      bands[b] -= mean;
    }
    return bands;
  }

  private static int nearest(double[][] means, double[] spectrum) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int m = 0; m < means.length; m++) {
      double distance = 0;
      for (int b = 0; b < spectrum.length; b++) {
        distance += Math.pow(means[m][b] - spectrum[b], 2);
      }
      if (distance < least) {
        least = distance;
        best = m;
      }
    }
    return best;
  }

  private static Dataset voices(int train, int seed) {
    return new VoicesDataset(
        new VoicesDataset.Settings(train, 30, 60, LENGTH, seed), Workers.caller());
  }

  private static float[] read(Examples examples, int index) {
    float[] sound = new float[LENGTH];
    examples.read(index, sound, 0);
    return sound;
  }
}
