package org.vqvae.audio.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.audio.spectrum.Tones.RATE;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConversionTest {
  private static final int[] SOURCES = {0, 1, 0, 1};
  private static final int[] TARGETS = {1, 0, 1, 0};

  /** Class 0 speaks at 100 Hz, class 1 an octave higher with another formant. */
  private static float[] voice(int speaker) {
    return Tones.voice(speaker == 0 ? 100 : 200, speaker == 0 ? 500 : 900, 4_000);
  }

  private static List<float[]> voices(int... speakers) {
    return IntStream.of(speakers).mapToObj(ConversionTest::voice).toList();
  }

  @Test
  void that_arrives_is_as_high_as_the_target_and_has_its_formants() {
    Conversion conversion = Conversion.of(RATE, voices(SOURCES), voices(TARGETS), SOURCES, TARGETS);

    assertThat(conversion.converted()).isEqualTo(4);
    assertThat(conversion.pitchMoved()).isCloseTo(1, within(0.01));
    assertThat(conversion.pitchToTarget()).isCloseTo(0, within(0.1));
    assertThat(conversion.pitchToSource()).isCloseTo(12, within(0.3));
    assertThat(conversion.spectrumToTarget()).isCloseTo(0, within(0.1));
    assertThat(conversion.spectrumToSource()).isGreaterThan(3);
  }

  @Test
  void that_changes_nothing_stays_where_it_was() {
    Conversion conversion = Conversion.of(RATE, voices(SOURCES), voices(SOURCES), SOURCES, TARGETS);

    assertThat(conversion.pitchMoved()).isCloseTo(0, within(0.01));
    assertThat(conversion.pitchToSource()).isCloseTo(0, within(0.1));
    assertThat(conversion.spectrumToSource()).isCloseTo(0, within(0.1));
    assertThat(conversion.spectrumToTarget()).isGreaterThan(3);
  }

  @Test
  void loudness_alone_is_no_difference() {
    List<float[]> soft = voices(SOURCES);
    soft.forEach(
        sound -> {
          for (int i = 0; i < sound.length; i++) {
            sound[i] /= 4;
          }
        });
    Conversion conversion = Conversion.of(RATE, voices(SOURCES), soft, SOURCES, TARGETS);

    assertThat(conversion.spectrumToSource()).isCloseTo(0, within(1e-3));
  }

  @Test
  void of_whispers_has_no_pitch() {
    List<float[]> whispers =
        IntStream.range(0, 4).mapToObj(i -> Tones.noise("whisper" + i, 0.1, 4_000)).toList();

    assertThat(Conversion.of(RATE, voices(SOURCES), whispers, SOURCES, TARGETS).converted())
        .isZero();
  }
}
