package org.vqvae.endtoend;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.testing.ThreadIndependence;

/** The experiments of sound that ship end in the same bytes however many threads compute. */
class ThreadsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"fsdd, 4", "fsdd-residual, 5", "ljspeech, 1", "voices, 3"})
  void weights_codes_and_samples_are_the_same(String experiment, int batchSize) {
    ThreadIndependence.check(
        Path.of("configs", experiment + ".conf"),
        folder,
        "data={type=voices,length=2048,train=8,validation=5,test=4}",
        "autoencoder.batch-size=" + batchSize,
        "prior-training.batch-size=5");
  }
}
