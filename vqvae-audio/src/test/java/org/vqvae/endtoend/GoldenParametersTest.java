package org.vqvae.endtoend;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.audio.Sounds;
import org.vqvae.core.DataSpec;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.testing.GoldenParameters;

/** The experiments of sound that ship keep the names and shapes of their parameters. */
class GoldenParametersTest {

  @ParameterizedTest
  @CsvSource({
    "fsdd, 4096, 8000, 6",
    "fsdd-residual, 4096, 8000, 6",
    "ljspeech, 8192, 22050, 0",
    "voices, 4096, 8000, 6"
  })
  void names_and_shapes_are_as_they_were(String experiment, int samples, int rate, int classes) {
    // Given
    Catalog catalog = Catalog.load(getClass().getClassLoader());
    ExperimentConfig config =
        new ExperimentLoader(catalog, note -> {})
            .load(Path.of("configs", experiment + ".conf"), List.of());
    DataSpec data =
        Sounds.spec(samples, rate, IntStream.range(0, classes).mapToObj(String::valueOf).toList());
    // When, then
    try (Kernels kernels = new NativeKernels()) {
      GoldenParameters.check(getClass(), experiment, GoldenParameters.of(config, data, kernels));
    }
  }
}
