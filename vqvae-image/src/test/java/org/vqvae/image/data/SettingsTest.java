package org.vqvae.image.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.testing.WrittenSettings;

class SettingsTest {
  private static final Path DATA = Path.of("/data/mnist");

  @Nested
  class Defaults {

    @Test
    void glyphs_need_nothing_said() {
      assertThat(read("glyphs", "", GlyphsDataset.Settings::read))
          .isEqualTo(new GlyphsDataset.Settings(8000, 1000, 1000, 32, 1));
    }

    @Test
    void the_others_need_a_path() {
      assertThat(read("idx", "path = /data/mnist", IdxDataset.Settings::read))
          .isEqualTo(new IdxDataset.Settings(DATA, 28, 5000, List.of("0123456789".split(""))));
      assertThat(read("cifar10", "path = /data/mnist", Cifar10Dataset.Settings::read))
          .isEqualTo(new Cifar10Dataset.Settings(DATA, 1000));
      assertThat(read("image-folder", "path = /data/mnist", ImageFolderDataset.Settings::read))
          .isEqualTo(new ImageFolderDataset.Settings(DATA, 32, 0.1, 0.1));
    }

    @Test
    void a_missing_path_is_a_problem() {
      problemsOf(
          "idx",
          "",
          IdxDataset.Settings::read,
          "[config/missing] data.path: data \"idx\" needs a path.");
      problemsOf(
          "cifar10",
          "",
          Cifar10Dataset.Settings::read,
          "[config/missing] data.path: data \"cifar10\" needs a path.");
      problemsOf(
          "image-folder",
          "",
          ImageFolderDataset.Settings::read,
          "[config/missing] data.path: data \"image-folder\" needs a path.");
    }
  }

  @Nested
  class Class_names {

    @Test
    void can_be_those_of_fashion_mnist() {
      assertThat(
              read("idx", "path = x, class-names = fashion", IdxDataset.Settings::read)
                  .classNames())
          .hasSize(10)
          .startsWith("T-shirt/top", "Trouser")
          .endsWith("Ankle boot");
    }

    @Test
    void can_be_written_with_commas() {
      assertThat(
              read("idx", "path = x, class-names = \"cat,  big dog\"", IdxDataset.Settings::read)
                  .classNames())
          .containsExactly("cat", "big dog");
    }

    @Test
    void must_differ_and_not_be_empty() {
      for (String names : List.of("cat,,dog", "cat, dog, cat")) {
        problemsOf(
            "idx",
            "path = x, class-names = \"" + names + "\"",
            IdxDataset.Settings::read,
            "[config/invalid] data.class-names = \""
                + names
                + "\" (line 1): must be digits, fashion, or different names with commas between"
                + " them.");
      }
    }
  }

  @Test
  void fractions_must_leave_something_to_train_on() {
    problemsOf(
        "image-folder",
        "path = x, validation = 0.5, test = 0.5",
        ImageFolderDataset.Settings::read,
        "[config/invalid] data.validation = 0.5 (line 1): with test (0.5) must sum to less than 1,"
            + " to leave some to train on.");
  }

  private static <S> S read(String type, String written, Function<ConfigReader, S> reader) {
    WrittenSettings<S> read = WrittenSettings.of("data", type, written, reader);
    assertThat(read.problems()).isEmpty();
    return read.settings();
  }

  private static void problemsOf(
      String type, String written, Function<ConfigReader, ?> reader, String expected) {
    assertThat(WrittenSettings.of("data", type, written, reader).problems())
        .singleElement()
        .asString()
        .startsWith(expected);
  }
}
