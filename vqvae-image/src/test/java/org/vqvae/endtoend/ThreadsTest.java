package org.vqvae.endtoend;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.testing.ThreadIndependence;

/** The experiments of pictures that ship end in the same bytes however many threads compute. */
class ThreadsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "cifar10-ema, 32, auto",
    "cifar10-nearest, 32, auto",
    "fashion-mnist, 32, auto",
    "glyphs, 32, auto",
    "glyphs, 16, native",
    "glyphs-autoencoder, 32, auto",
    "glyphs-dl4j, 32, auto",
    "glyphs-gaussian, 32, auto",
    "glyphs-hierarchical, 64, auto",
    "glyphs-residual, 32, auto"
  })
  void weights_codes_and_samples_are_the_same(String experiment, int size, String kernels) {
    ThreadIndependence.check(
        Path.of("configs", experiment + ".conf"),
        folder,
        "data={type=glyphs,size=%d,train=24,validation=10,test=6}".formatted(size),
        "autoencoder.batch-size=12",
        "prior-training.batch-size=6",
        "engine.kernels=" + kernels);
  }
}
