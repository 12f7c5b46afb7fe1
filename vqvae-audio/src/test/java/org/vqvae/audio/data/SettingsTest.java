package org.vqvae.audio.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.testing.WrittenSettings;

class SettingsTest {

  @Test
  void voices_need_nothing_said() {
    assertThat(WrittenSettings.of("data", "voices", "", VoicesDataset.Settings::read).settings())
        .isEqualTo(new VoicesDataset.Settings(3000, 300, 300, 4096, 1));
  }

  @Test
  void files_need_a_path() {
    for (String type : new String[] {"wav-folder", "wav-zip"}) {
      assertThat(WrittenSettings.of("data", type, "", WavSettings::read).problems())
          .singleElement()
          .asString()
          .startsWith("[config/missing] data.path: data \"" + type + "\" needs a path.");
      assertThat(read(type, "").settings())
          .isEqualTo(
              new WavSettings(
                  Path.of("/x"),
                  8000,
                  4096,
                  new Naming.Folders("speaker"),
                  "speaker",
                  new SplitRule.Fraction(0.1),
                  new SplitRule.Fraction(0.1)));
    }
  }

  @Test
  void a_pattern_a_label_and_ranges_can_be_said() {
    assertThat(
            read(
                    "wav-zip",
                    "fields = \"{digit}_{speaker}_{index}.wav\", label = digit, sample-rate ="
                        + " 16000, length = 512, validation = 5-6, test = 0-4")
                .settings())
        .isEqualTo(
            new WavSettings(
                Path.of("/x"),
                16000,
                512,
                NamePattern.parse("{digit}_{speaker}_{index}.wav").orElseThrow(),
                "digit",
                new SplitRule.Indices(5, 6),
                new SplitRule.Indices(0, 4)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      textBlock =
          """
          fields = name | [config/invalid] data.fields = "name" (line 1): must be folders, or a \
          pattern with different names in braces and something between them, such as \
          "{digit}_{speaker}_{index}.wav".
          fields = "{digit}.wav", label = speaker | [config/invalid] data.label = "speaker" (line 1): must be a field of \
          "{digit}.wav", several different ones with commas between, or none.
          fields = "{a}_{b}.wav", label = "a,c" | [config/invalid] data.label = "a,c" (line 1): must be a field of \
          "{a}_{b}.wav", several different ones with commas between, or none.
          fields = "{a}_{b}.wav", label = "a,a" | [config/invalid] data.label = "a,a" (line 1): must be a field of \
          "{a}_{b}.wav", several different ones with commas between, or none.
          fields = "{a}_{b}.wav", label = "a," | [config/invalid] data.label = "a," (line 1): must be a field of \
          "{a}_{b}.wav", several different ones with commas between, or none.
          label = "digit,speaker" | [config/invalid] data.label = "digit,speaker" (line 1): must be one field or none, \
          as folders say one thing.
          validation = 1 | [config/invalid] data.validation = 1 (line 1): must be a fraction \
          between 0 and 1, such as 0.1, or a range of {index}, such as 0-4.
          test = 0-4 | [config/invalid] data.test = "0-4" (line 1): is a range, but fields has no \
          {index}.
          validation = 0.5, test = 0.5 | [config/invalid] data.validation = 0.5 (line 1): with \
          test (0.5) must sum to less than 1, to leave some to train on.
          fields = "{speaker}_{index}.wav", validation = 3-9, test = 0-4 | [config/invalid] \
          data.validation = "3-9" (line 1): must not overlap with test.
          sample-rate = 0 | [config/out-of-range] data.sample-rate = 0 (line 1): must be between \
          1000 and 192000.
          """)
  void settings_that_do_not_go_together_are_reported(String written, String problem) {
    assertThat(read("wav-folder", written).problems())
        .singleElement()
        .asString()
        .startsWith(problem);
  }

  private static WrittenSettings<WavSettings> read(String type, String written) {
    return WrittenSettings.of("data", type, "path = /x, " + written, WavSettings::read);
  }
}
