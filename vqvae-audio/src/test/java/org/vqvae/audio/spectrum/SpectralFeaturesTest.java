package org.vqvae.audio.spectrum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SpectralFeaturesTest {
  private final SpectralFeatures features = new SpectralFeatures(8_000);

  /** A tone of 1 kHz that begins at a sample. */
  private static float[] tone(int length, int from, double amplitude) {
    float[] sound = new float[length];
    for (int i = from; i < length; i++) {
      sound[i] = (float) (amplitude * Math.sin(2 * Math.PI * i / 8));
    }
    return sound;
  }

  @Test
  void loudness_makes_no_difference() {
    double[] loud = features.of(tone(4_000, 0, 0.8));
    double[] quiet = features.of(tone(4_000, 0, 0.008));
    assertThat(quiet).containsExactly(loud, Offset.offset(1e-3));
  }

  @Test
  void each_quarter_has_its_own_spectrum() {
    // Given a tone in the second half
    double[] quarters = features.of(tone(4_000, 2_050, 0.5));
    // Then the first quarter is silent, and in the last one band is the loudest
    assertThat(quarters).hasSize(4 * LogMel.BANDS);
    assertThat(Arrays.copyOf(quarters, LogMel.BANDS)).containsOnly(-30);
    double[] last = Arrays.copyOfRange(quarters, 3 * LogMel.BANDS, 4 * LogMel.BANDS);
    assertThat(DoubleStream.of(last).max().orElseThrow()).isGreaterThan(-3);
  }

  @Test
  void silence_is_no_noise() {
    assertThat(features.of(new float[4_000])).containsOnly(-30);
  }

  @Test
  void a_sound_may_be_shorter_than_a_frame() {
    assertThat(features.of(tone(5, 0, 0.5))).hasSize(4 * LogMel.BANDS).doesNotContain(Double.NaN);
    assertThat(features.of(new float[0])).containsOnly(-30);
  }
}
