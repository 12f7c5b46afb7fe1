package org.vqvae.audio.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.audio.spectrum.Tones.RATE;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PitchTest {
  private final Pitch pitch = new Pitch(RATE);

  @ParameterizedTest
  @CsvSource({"70, 500", "95, 300", "120, 700", "205, 500", "250, 900", "300, 350", "420, 800"})
  void of_a_voice_is_that_of_its_pulses(double hertz, double formant) {
    double found = pitch.median(Tones.voice(hertz, formant, 4_000)).orElseThrow();

    assertThat(Pitch.semitones(hertz, found)).isCloseTo(0, within(0.25));
  }

  @Test
  void is_found_in_noise() {
    float[] noisy = Tones.sum(Tones.voice(145, 500, 4_000), Tones.noise("breath", 0.01, 4_000));

    assertThat(Pitch.semitones(145, pitch.median(noisy).orElseThrow())).isCloseTo(0, within(0.3));
  }

  @Test
  void noise_silence_and_what_is_too_short_have_none() {
    assertThat(pitch.median(Tones.noise("whisper", 0.1, 4_000))).isEmpty();
    assertThat(pitch.median(new float[4_000])).isEmpty();
    assertThat(pitch.median(new float[100])).isEmpty();
    assertThat(pitch.median(new float[0])).isEmpty();
  }

  @Test
  void an_octave_is_twelve_semitones() {
    assertThat(Pitch.semitones(110, 220)).isCloseTo(12, within(1e-12));
    assertThat(Pitch.semitones(200, 100)).isCloseTo(-12, within(1e-12));
  }
}
