package org.vqvae.audio.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.data.FileTree;

class NamePatternTest {

  @Test
  void text_between_fields_means_itself() {
    FileFields read = read("{a}.{b}+({index}).wav", "x.y.z+(012).WAV");
    assertThat(read.fields())
        .extracting(field -> field.values().get(0))
        .containsExactly("x", "y.z");
    assertThat(read.indices()).containsExactly(12);
  }

  @Test
  void without_index_there_is_none() {
    assertThat(read("{a}.wav", "deep/in/x.wav").indices()).containsExactly(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.wav",
        "{a}_{a}.wav",
        "{a}{b}.wav",
        "{}.wav",
        "{A}.wav",
        "{a.wav",
        "{a}}.wav",
        "{a b}.wav"
      })
  void a_text_that_is_no_pattern_is_refused(String text) {
    assertThat(NamePattern.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "1.5", "-1", "4-0", "0.0", "x", "0-", "0-4-5", "10%", "1e-2"})
  void a_text_that_is_no_share_is_refused(String text) {
    assertThat(SplitRule.parse(text)).isEmpty();
  }

  @Test
  void a_share_is_a_fraction_or_a_range() {
    assertThat(SplitRule.parse("0.25")).contains(new SplitRule.Fraction(0.25));
    assertThat(SplitRule.parse(".5")).contains(new SplitRule.Fraction(0.5));
    assertThat(SplitRule.parse("3-3")).contains(new SplitRule.Indices(3, 3));
    assertThat(SplitRule.parse("0-12")).contains(new SplitRule.Indices(0, 12));
  }

  private static FileFields read(String pattern, String file) {
    return NamePattern.parse(pattern)
        .orElseThrow()
        .read(new FileTree("root", WavFiles.SOUNDS, List.of(), List.of(file)));
  }
}
