package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.experiment.Experiment;
import org.vqvae.core.experiment.RunSession;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.report.KeyCatalog;
import org.vqvae.core.report.ResultKey;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.core.testing.CompiledModule;
import org.vqvae.core.training.StopSignal;
import org.vqvae.core.training.TrainingListener;

/**
 * A quantizer in a Maven project of its own, which no module knows, trains glyphs in both stages.
 */
class ProductProjectTest {
  private static final Path PROJECT =
      Path.of("../vqvae-quantizers/src/test/resources/product-project");
  private static final double UNIFORM_BITS = (4 + 3) / 2.0;

  @TempDir private static Path folder;
  private static ClassLoader project;

  @BeforeAll
  static void compile() throws IOException {
    project = CompiledModule.of(PROJECT, Files.createDirectory(folder.resolve("classes")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unigram", "wavenet"})
  void trains_glyphs_in_both_stages(String prior) {
    // Given the experiment that the project ships
    ExperimentConfig config =
        new ExperimentLoader(Catalog.load(project), note -> {})
            .load(PROJECT.resolve("configs/glyphs-product.conf"), List.of("prior.type=" + prior));
    // When
    Results results = run(config, folder.resolve(prior));
    // Then each group of dimensions adds to the picture, and the prior knows more than nothing
    double first = number(results, ResultKeys.LEVEL_NMSE.of("1"));
    double both = number(results, ResultKeys.LEVEL_NMSE.of("2"));
    assertThat(both).isLessThan(first).isLessThan(1);
    assertThat(number(results, ResultKeys.PRIOR_BITS.of(prior))).isBetween(0.0, UNIFORM_BITS);
  }

  private static Results run(ExperimentConfig config, Path run) {
    TrainingListener nobody = TrainingListener.all(List.of());
    try (RunSession session = RunSession.begin(run, config, new StopSignal(), nobody)) {
      Experiment experiment = session.experiment();
      experiment.trainAll();
      experiment.report();
      return Results.read(experiment.folder().results(), KeyCatalog.core());
    }
  }

  private static double number(Results results, ResultKey key) {
    return results.number(key).orElseThrow();
  }
}
