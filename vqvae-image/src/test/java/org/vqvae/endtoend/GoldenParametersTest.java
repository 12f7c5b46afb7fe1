package org.vqvae.endtoend;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.testing.GoldenParameters;
import org.vqvae.image.Pictures;

/** The experiments of pictures that ship keep the names and shapes of their parameters. */
class GoldenParametersTest {

  @ParameterizedTest
  @CsvSource({
    "cifar10-ema, 32, 3",
    "cifar10-nearest, 32, 3",
    "fashion-mnist, 32, 1",
    "glyphs, 32, 3",
    "glyphs-autoencoder, 32, 3",
    "glyphs-dl4j, 32, 3",
    "glyphs-gaussian, 32, 3",
    "glyphs-hierarchical, 64, 3",
    "glyphs-residual, 32, 3"
  })
  void names_and_shapes_are_as_they_were(String experiment, int size, int channels) {
    // Given
    Catalog catalog = Catalog.load(getClass().getClassLoader());
    ExperimentConfig config =
        new ExperimentLoader(catalog, note -> {})
            .load(Path.of("configs", experiment + ".conf"), List.of());
    DataSpec data =
        Pictures.spec(
            new Grid(size, size),
            channels,
            IntStream.range(0, 10).mapToObj(String::valueOf).toList());
    // When, then
    try (Kernels kernels = new NativeKernels()) {
      GoldenParameters.check(getClass(), experiment, GoldenParameters.of(config, data, kernels));
    }
  }
}
