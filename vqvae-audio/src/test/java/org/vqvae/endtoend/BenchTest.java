package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.bench.Bench;
import org.vqvae.core.bench.Result;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.ExperimentLoader;

/** The bench with a decoder that is conditioned on the speaker. */
class BenchTest {
  private static final List<String> CONDITIONED =
      List.of(
          "data.length=1024",
          "data.train=6",
          "data.validation=2",
          "data.test=2",
          "encoder.channels=4",
          "quantizer.codebook-size=8",
          "quantizer.code-dim=4",
          "decoder.type=wavenet",
          "decoder.cycles=1",
          "decoder.layers-per-cycle=2",
          "decoder.channels=4",
          "decoder.skip-channels=4",
          "decoder.class-conditional=true");

  @Test
  void a_decoder_that_is_conditioned_on_the_speaker_trains_and_decodes() {
    // Given
    Catalog catalog = Catalog.load(BenchTest.class.getClassLoader());
    ExperimentConfig config =
        Bench.experiment("sound", new ExperimentLoader(catalog, note -> {}), CONDITIONED);
    List<Result> results = new ArrayList<>();
    try (Workers workers = new KernelsFactory(Backend.start()).workers("auto", DataType.FLOAT, 2)) {
      // When
      new Bench(config, workers).speeds(List.of("train-step", "decode"), 1, 0, results::add);
    }

    // Then
    assertThat(results)
        .extracting(result -> result.fields().get("figure"))
        .contains("train-step", "decode");
    assertThat(results)
        .allSatisfy(result -> assertThat((double) result.fields().get("gflop")).isPositive());
  }
}
