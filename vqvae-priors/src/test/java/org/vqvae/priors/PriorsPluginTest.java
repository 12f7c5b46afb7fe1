package org.vqvae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.config.ConfigException;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.plugin.VqvaePlugin;
import org.vqvae.core.testing.PluginContract;

class PriorsPluginTest extends PluginContract {
  private final Catalog catalog = Catalog.load(getClass().getClassLoader());

  @Override
  protected VqvaePlugin plugin() {
    return new PriorsPlugin();
  }

  @Test
  void offers_the_null_model_the_baseline_and_two_that_learn() {
    // "none" is core's
    assertThat(catalog.types("prior"))
        .containsExactly("none", "pixelcnn", "uniform", "unigram", "wavenet");
  }

  @Test
  void a_kernel_without_a_middle_is_a_problem_of_the_config(@TempDir Path folder)
      throws IOException {
    assertProblem(
        folder,
        "prior { type = pixelcnn, kernel = 4 }",
        "prior.kernel = 4",
        "must be odd, so that it has a middle; try 5");
    assertProblem(
        folder,
        "prior { type = pixelcnn, first-kernel = 6 }",
        "prior.first-kernel = 6",
        "must be odd, so that it has a middle; try 7");
  }

  @Test
  void a_smoothing_that_makes_codes_impossible_is_a_problem_of_the_config(@TempDir Path folder)
      throws IOException {
    assertProblem(
        folder, "prior { type = unigram, smoothing = 0 }", "prior.smoothing = 0", "greater than 0");
  }

  private void assertProblem(Path folder, String config, String... parts) throws IOException {
    Path file = Files.writeString(folder.resolve("experiment.conf"), config);
    ExperimentLoader loader = new ExperimentLoader(catalog, note -> {});
    assertThatThrownBy(() -> loader.load(file, List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(parts);
  }
}
