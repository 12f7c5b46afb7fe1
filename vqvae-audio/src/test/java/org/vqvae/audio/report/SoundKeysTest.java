package org.vqvae.audio.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vqvae.audio.Sounds;
import org.vqvae.core.report.KeyCatalog;
import org.vqvae.core.report.ResultKey;

class SoundKeysTest {

  @Test
  void are_documented_behind_those_of_core() throws IOException {
    // When this fails, replace the page's content by that of this catalog.
    KeyCatalog all = KeyCatalog.core().with(Sounds.MEDIUM.name(), SoundKeys.ALL);
    assertThat(Files.readString(Path.of("../docs/results-keys.md"))).isEqualTo(all.markdown());
  }

  @Test
  void are_all_in_the_list_and_have_a_sentence_each() {
    List<ResultKey> constants =
        Arrays.stream(SoundKeys.class.getFields())
            .filter(field -> field.getType() == ResultKey.class)
            .map(SoundKeysTest::value)
            .toList();
    assertThat(constants).isEqualTo(SoundKeys.ALL);
    assertThat(constants).allMatch(key -> key.meaning().endsWith("."));
  }

  private static ResultKey value(Field constant) {
    try {
      return (ResultKey) constant.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
