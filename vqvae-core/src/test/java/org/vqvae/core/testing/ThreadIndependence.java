package org.vqvae.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.CommandLineRun.vqvae;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vqvae.core.Prior;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.ExperimentLoader;

/** Checks that an experiment ends in the same bytes however many threads compute. */
public final class ThreadIndependence {
  /** One step that fits a codebook to latents, and one that learns from codes. */
  private static final List<String> SHORT =
      List.of(
          "autoencoder.steps=2",
          "autoencoder.log-every=1",
          "autoencoder.evaluate-every=2",
          "autoencoder.checkpoint-every=2",
          "prior-training.steps=1",
          "prior-training.log-every=1",
          "prior-training.evaluate-every=1",
          "prior-training.checkpoint-every=1");

  private ThreadIndependence() {}

  /**
   * Trains both stages and draws samples with one to four threads, and compares weights, codes,
   * figures and samples.
   *
   * @param config the experiment's file
   * @param folder for the runs
   * @param set settings above those of the file
   */
  public static void check(Path config, Path folder, String... set) {
    Map<String, String> alone = results(config, folder, 1, set);
    assertThat(alone).containsKey("autoencoder.safetensors").containsKey("metrics.jsonl");
    assertThat(alone.keySet()).anyMatch(name -> name.matches("reconstructions/.*(png|wav)"));
    if (hasPrior(config)) {
      assertThat(alone.keySet()).anyMatch(name -> name.matches("samples/.*(png|wav)"));
    }
    for (int threads = 2; threads <= 4; threads++) {
      assertThat(results(config, folder, threads, set))
          .as("%s with %d threads", config.getFileName(), threads)
          .isEqualTo(alone);
    }
  }

  private static Map<String, String> results(Path config, Path folder, int threads, String... set) {
    Path run = folder.resolve("threads-" + threads);
    List<Object> train = new ArrayList<>(List.of("train", config, "--out", run));
    for (String each : settings(threads, set)) {
      train.addAll(List.of("--set", each));
    }
    vqvae(train.toArray()).worked();
    if (hasPrior(config)) {
      vqvae("train-prior", run).worked();
      vqvae("sample", run, "--count", 5, "--out", run.resolve("samples")).worked();
    }
    vqvae("reconstruct", run, "--count", 3, "--out", run.resolve("reconstructions")).worked();
    return RunResults.of(run);
  }

  private static List<String> settings(int threads, String... set) {
    List<String> all = new ArrayList<>(SHORT);
    all.addAll(List.of(set));
    all.add("engine.threads=" + threads);
    return all;
  }

  private static boolean hasPrior(Path config) {
    Catalog catalog = Catalog.load(ThreadIndependence.class.getClassLoader());
    return !new ExperimentLoader(catalog, note -> {})
        .load(config, List.of())
        .selected(Prior.class)
        .type()
        .equals("none");
  }
}
