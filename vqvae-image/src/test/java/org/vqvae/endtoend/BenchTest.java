package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.bench.Bench;
import org.vqvae.core.bench.Result;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.ExperimentLoader;

/** The bench with the components that it measures, made small. */
class BenchTest {
  private static final List<String> SMALL =
      List.of(
          "data.train=4",
          "data.validation=2",
          "data.test=2",
          "autoencoder.batch-size=2",
          "encoder.channels=4",
          "encoder.residual-channels=2",
          "decoder.channels=4",
          "decoder.residual-channels=2",
          "quantizer.codebook-size=8",
          "quantizer.code-dim=4",
          "prior.channels=4",
          "prior.layers=2",
          "prior.head-channels=4",
          "prior-training.batch-size=2",
          "sampling.count=2");

  private static ExperimentConfig experiment(List<String> overrides) {
    Catalog catalog = Catalog.load(BenchTest.class.getClassLoader());
    return Bench.experiment("pictures", new ExperimentLoader(catalog, note -> {}), overrides);
  }

  private static Workers workers() {
    return new KernelsFactory(Backend.start()).workers("auto", DataType.FLOAT, 2);
  }

  @Test
  void every_figure_is_measured_once_and_says_what_it_counted() {
    // Given the suite of pictures, made small
    List<Result> results = new ArrayList<>();
    try (Workers workers = workers()) {
      // When all figures are measured
      new Bench(experiment(SMALL), workers).speeds(List.of(), 2, 0, results::add);
    }

    // Then
    assertThat(results)
        .extracting(result -> result.fields().get("figure"))
        .containsExactlyElementsOf(Bench.figures());
    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.fields()).containsEntry("runs", 2);
              assertThat((double) result.fields().get("min-ms")).isPositive();
              assertThat((double) result.fields().get("gflop")).isPositive();
              assertThat((double) result.fields().get("peak-share")).isPositive();
            });
  }

  @Test
  void quantizing_takes_a_product_of_latents_and_codes() {
    // Given 2 pictures of 64 latents of 4 values, and 8 codes
    List<Result> results = new ArrayList<>();
    try (Workers workers = workers()) {
      // When
      new Bench(experiment(SMALL), workers).speeds(List.of("quantize"), 1, 0, results::add);
    }

    // Then the search, whose products carry the codes' norms along as one more value
    assertThat((double) results.get(1).fields().get("gflop") * 1e9).isEqualTo(2 * 2 * 64 * 8 * 5);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void memory_is_what_the_process_has() {
    try (Workers workers = workers()) {
      // When
      Result memory = new Bench(experiment(SMALL), workers).memory(3);

      // Then a virtual machine has more than 50 MiB
      assertThat((List<?>) memory.fields().get("quarters-bytes"))
          .hasSize(4)
          .allSatisfy(bytes -> assertThat((long) bytes).isGreaterThan(50L << 20));
      assertThat(memory.fields()).containsEntry("steps", 3);
    }
  }
}
