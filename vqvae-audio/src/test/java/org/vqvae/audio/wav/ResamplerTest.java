package org.vqvae.audio.wav;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.random.RandomStream;

class ResamplerTest {

  @ParameterizedTest
  @CsvSource({
    "48000, 8000",
    "44100, 8000",
    "22050, 8000",
    "8000, 22050",
    "8000, 48000",
    "11025, 16000"
  })
  void a_tone_below_nine_tenths_of_the_band_stays_as_it_is(int from, int to) {
    for (double part : new double[] {0.1, 0.5, 0.9}) {
      double frequency = part * Math.min(from, to) / 2;
      float[] out = new Resampler(from, to).apply(tone(frequency, from, from / 5));
      float[] expected = tone(frequency, to, out.length);
      // the ends hear the silence before and after
      for (int i = out.length / 4; i < out.length * 3 / 4; i++) {
        assertThat(Math.abs(out[i] - expected[i])).isLessThan(5e-5f);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"48000, 8000", "44100, 8000", "22050, 8000", "16000, 11025"})
  void a_tone_above_the_band_is_damped_by_98_decibels(int from, int to) {
    for (double part : new double[] {1.0, 1.05, 1.5, 0.99 * from / to}) {
      double frequency = Math.min(part * to / 2, 0.999 * from / 2);
      float[] out = new Resampler(from, to).apply(tone(frequency, from, from / 5));
      for (int i = out.length / 4; i < out.length * 3 / 4; i++) {
        assertThat(Math.abs(out[i])).isLessThan((float) Math.pow(10, -98 / 20.0));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"48000, 8000, 600, 100", "48000, 8000, 601, 101", "8000, 22050, 8, 23", "9, 7, 1, 1"})
  void the_length_follows_the_rates(int from, int to, int input, int output) {
    Resampler resampler = new Resampler(from, to);
    assertThat(resampler.outputLength(input)).isEqualTo(output);
    assertThat(resampler.apply(new float[input])).hasSize(output);
  }

  @Test
  void a_constant_stays_constant_in_every_phase() {
    float[] input = new float[3000];
    Arrays.fill(input, 0.7f);
    float[] out = new Resampler(22050, 8000).apply(input);
    for (int i = 200; i < out.length - 200; i++) {
      assertThat(Math.abs(out[i] - 0.7f)).isLessThan(1e-6f);
    }
  }

  @Test
  void the_same_rate_changes_nothing() {
    float[] noise = noise(100);
    assertThat(new Resampler(8000, 8000).apply(noise)).containsExactly(noise).isNotSameAs(noise);
  }

  @Test
  void every_tap_is_what_the_formula_says() {
    // GIVEN a pulse, and outputs at 3 per 2 inputs
    float[] pulse = new float[301];
    pulse[150] = 1;
    // WHEN
    float[] out = new Resampler(2000, 3000).apply(pulse);
    // THEN they are samples of one curve, here normalised by its own sum over a phase
    for (int k = 0; k < out.length; k++) {
      double time = 2.0 * k / 3 - 150;
      assertThat((double) out[k]).isCloseTo(curve(time), org.assertj.core.data.Offset.offset(1e-4));
    }
  }

  /** 0.95 sinc(0.95 t) times a Kaiser window over +-64, I_0 by numerical integration. */
  private static double curve(double t) {
    if (Math.abs(t) >= 64) {
      return 0;
    }
    double x = Math.PI * 0.95 * t;
    double sinc = x == 0 ? 1 : Math.sin(x) / x;
    return 0.95 * sinc * bessel(10.06126 * Math.sqrt(1 - t * t / 4096)) / bessel(10.06126);
  }

  /** I_0(x) is the mean of exp(x cos u). */
  private static double bessel(double x) {
    double sum = 0;
    for (int i = 0; i < 1000; i++) {
      sum += Math.exp(x * Math.cos(Math.PI * (i + 0.5) / 1000));
    }
    return sum / 1000;
  }

  private static float[] tone(double frequency, int rate, int length) {
    float[] tone = new float[length];
    for (int i = 0; i < length; i++) {
      tone[i] = (float) Math.cos(2 * Math.PI * frequency * i / rate + 0.3);
    }
    return tone;
  }

  private static float[] noise(int length) {
    RandomStream random = RandomStream.of(1, "noise");
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = (float) random.nextDouble(-1, 1);
    }
    return noise;
  }
}
