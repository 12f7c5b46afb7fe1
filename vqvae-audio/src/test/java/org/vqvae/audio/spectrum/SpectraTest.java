package org.vqvae.audio.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.audio.spectrum.Tones.RATE;
import static org.vqvae.audio.spectrum.Tones.noise;
import static org.vqvae.audio.spectrum.Tones.sine;
import static org.vqvae.audio.spectrum.Tones.sum;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SpectraTest {

  @Nested
  class StftPower {
    private final Stft stft = new Stft(64, 16);

    @Test
    void is_that_of_the_discrete_fourier_transform_written_out() {
      // GIVEN noise, and a frame that reaches beyond the sound's beginning
      float[] sound = noise("sound", 1, 200);
      // WHEN
      double[][] power = stft.power(sound);
      // THEN
      assertThat(power.length).isEqualTo(stft.frames(200)).isEqualTo(13);
      for (int frame : new int[] {0, 1, 5, 12}) {
        for (int k = 0; k < stft.bins(); k++) {
          assertThat(power[frame][k]).isCloseTo(direct(sound, frame, k), within(1e-12));
        }
      }
    }

    private double direct(float[] sound, int frame, int k) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < 64; i++) {
        int at = frame * 16 - 32 + i;
        double x = at < 0 || at >= sound.length ? 0 : sound[at];
        double weight = Math.pow(Math.sin(Math.PI * i / 64), 2);
        re += weight * x * Math.cos(2 * Math.PI * i * k / 64);
        im -= weight * x * Math.sin(2 * Math.PI * i * k / 64);
      }
      return (re * re + im * im) / (16 * 16);
    }

    @Test
    void of_a_sine_of_amplitude_1_is_1_at_its_frequency() {
      double[][] power = stft.power(sine(RATE / 8.0, 1, 400));

      // as far as samples of 24 bits go
      assertThat(power[10][8]).isCloseTo(1, within(1e-7));
      assertThat(power[10][20]).isLessThan(1e-9);
    }

    @Test
    void a_window_that_is_no_power_of_two_is_refused() {
      assertThatThrownBy(() -> new Stft(100, 25))
          .hasMessage(
              "a window must be a power of two from 4 on, and a hop at least 1, but they are 100"
                  + " and 25");
    }

    @Test
    void windows_for_speech_are_of_at_least_25_ms() {
      assertThat(Stft.forSpeech(8_000)).isEqualTo(new Stft(256, 64));
      assertThat(Stft.forSpeech(16_000)).isEqualTo(new Stft(512, 128));
      assertThat(Stft.forSpeech(48_000)).isEqualTo(new Stft(2048, 512));
    }
  }

  @Nested
  class LogMelSpectrogram {
    private final LogMel mel = new LogMel(RATE);

    @Test
    void shows_a_tone_in_the_band_of_its_frequency() {
      for (double hertz : new double[] {200, 1000, 3000}) {
        double[] frame = mel.of(sine(hertz, 0.5, 4_000))[30];
        int loudest = 0;
        for (int band = 1; band < frame.length; band++) {
          loudest = frame[band] > frame[loudest] ? band : loudest;
        }
        double expected = MelFilters.mel(hertz) / MelFilters.mel(4_000) * 41 - 1;
        assertThat((double) loudest).isCloseTo(expected, within(1.0));
        // amplitude 0.5 is -6 dB, a neighbouring bin may add as much as it takes away
        assertThat(frame[loudest]).isBetween(-9.0, -3.0);
      }
    }

    @Test
    void bands_are_evenly_apart_to_the_ear() {
      assertThat(MelFilters.mel(1_000)).isCloseTo(1_000, within(0.1));
      assertThat(MelFilters.hertz(MelFilters.mel(440))).isCloseTo(440, within(1e-9));
    }

    @Test
    void no_band_is_deaf() {
      for (int rate : new int[] {8_000, 16_000, 22_050, 48_000}) {
        double[][] frames = new LogMel(rate).of(noise("all frequencies", 0.3, 8_000));
        assertThat(frames[5]).doesNotContain(-100.0);
      }
    }
  }

  @Nested
  class Distance {
    private final LogMel mel = new LogMel(RATE);
    private final float[] voice = Tones.voice(120, 700, 4_000);

    @Test
    void of_a_sound_from_itself_is_none() {
      assertThat(mel.distance(voice, voice.clone())).isZero();
    }

    @Test
    void of_the_same_sound_at_a_tenth_of_the_amplitude_is_20_dB() {
      // GIVEN a sound that is loud everywhere
      float[] loud = noise("loud", 0.3, 4_000);
      float[] soft = loud.clone();
      for (int i = 0; i < soft.length; i++) {
        soft[i] /= 10;
      }
      assertThat(mel.distance(loud, soft)).isCloseTo(20, within(1e-3));
    }

    @Test
    void does_not_care_for_the_sign_of_the_waveform() {
      float[] turned = voice.clone();
      for (int i = 0; i < turned.length; i++) {
        turned[i] = -turned[i];
      }
      assertThat(mel.distance(voice, turned)).isZero();
      assertThat(SignalToNoise.decibels(voice, turned)).isCloseTo(-6.02, within(0.01));
    }

    @Test
    void grows_with_noise_as_the_ratio_falls() {
      float[] little = sum(voice, noise("little", 0.001, 4_000));
      float[] much = sum(voice, noise("much", 0.01, 4_000));

      assertThat(mel.distance(voice, little)).isPositive().isLessThan(mel.distance(voice, much));
      assertThat(SignalToNoise.decibels(voice, little))
          .isCloseTo(SignalToNoise.decibels(voice, much) + 20, within(0.5));
    }

    @Test
    void noise_far_below_what_is_heard_counts_nothing() {
      float[] hiss = sum(voice, noise("hiss", 1e-6, 4_000));
      assertThat(mel.distance(voice, hiss)).isLessThan(0.5);
    }

    @Test
    void the_ratio_is_that_of_the_powers() {
      // GIVEN noise of a hundredth of the power of the signal, at right angles to it
      assertThat(SignalToNoise.decibels(new float[] {1, 0}, new float[] {1, 0.1f}))
          .isCloseTo(20, within(1e-5));
      assertThat(SignalToNoise.decibels(voice, voice)).isInfinite();
      assertThat(SignalToNoise.decibels(new float[2], new float[2])).isNaN();
    }

    @Test
    void sounds_of_different_lengths_are_refused() {
      assertThatThrownBy(() -> mel.distance(voice, new float[7]))
          .hasMessage("an original of 4000 samples cannot be compared with 7");
    }
  }
}
