package org.vqvae.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.cli.Cli.vqvae;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.experiment.Experiment;
import org.vqvae.core.experiment.RunSession;
import org.vqvae.core.experiment.StopSignal;
import org.vqvae.core.experiment.StoppedException;
import org.vqvae.core.experiment.TrainingListener;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.ExperimentLoader;

/** A run that was stopped and goes on ends in the bytes of one that was not. */
class ResumeTest {
  @TempDir static Path shared;
  @TempDir Path folder;
  private static Map<String, String> uninterrupted;

  @BeforeAll
  static void run_without_a_stop() {
    Path run = shared.resolve("uninterrupted");
    assertThat(vqvae("run", TinyRun.experiment(shared), "--out", run).err()).isEmpty();
    uninterrupted = TinyRun.results(run);
  }

  @ParameterizedTest
  @CsvSource({
    "autoencoder, 1",
    "autoencoder, 3",
    "autoencoder, 7",
    "autoencoder, 12",
    "autoencoder, 20",
    "prior, 1",
    "prior, 7",
    "prior, 18",
    "prior, 20"
  })
  void a_run_stopped_after_any_step_ends_in_the_same_bytes(String stage, long step) {
    // Given a run that is asked to stop in that step
    Path run = folder.resolve("run");
    stopped(run, stage, step);
    // When it goes on
    Cli cli = vqvae("run", TinyRun.experiment(folder), "--out", run, "--resume");
    // Then nothing shows that it was stopped
    assertThat(cli.err()).isEmpty();
    assertThat(TinyRun.results(run)).isEqualTo(uninterrupted);
  }

  @Test
  void a_run_may_be_stopped_again_and_again() {
    Path run = folder.resolve("run");
    stopped(run, "autoencoder", 2);
    stopped(run, "autoencoder", 5);
    stopped(run, "autoencoder", 16);
    stopped(run, "prior", 9);
    vqvae("run", TinyRun.experiment(folder), "--out", run, "--resume");
    assertThat(TinyRun.results(run)).isEqualTo(uninterrupted);
  }

  @Test
  void stage_by_stage_ends_in_the_same_bytes() {
    Path run = folder.resolve("run");
    assertThat(vqvae("train", TinyRun.experiment(folder), "--out", run).code()).isZero();
    assertThat(vqvae("extract", run).code()).isZero();
    assertThat(vqvae("train-prior", run).code()).isZero();
    assertThat(TinyRun.results(run)).isEqualTo(uninterrupted);
  }

  @Test
  void going_on_with_a_finished_run_computes_nothing_again_and_writes_the_report_again()
      throws IOException {
    // Given a finished run whose report was lost
    Path run = shared.resolve("uninterrupted");
    List<Path> computed =
        List.of(
            run.resolve("autoencoder.safetensors"),
            run.resolve("prior-pixelcnn.safetensors"),
            run.resolve("codes/train.codes"));
    List<Object> before = computed.stream().map(ResumeTest::modified).toList();
    Files.delete(run.resolve("report.html"));
    // When
    Cli cli = vqvae("run", TinyRun.experiment(shared), "--out", run, "--resume");
    // Then
    assertThat(cli.out()).doesNotContain("steps").endsWith("report.html\n");
    assertThat(computed.stream().map(ResumeTest::modified).toList()).isEqualTo(before);
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(TinyRun.results(run)).isEqualTo(uninterrupted);
  }

  private static Object modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void the_same_seed_gives_the_same_bytes_and_another_one_others() {
    Path again = folder.resolve("again");
    vqvae("run", TinyRun.experiment(folder), "--out", again);
    assertThat(TinyRun.results(again)).isEqualTo(uninterrupted);

    Path other = folder.resolve("other");
    vqvae("run", TinyRun.experiment(folder), "--out", other, "--set", "seed=2");
    Map<String, String> results = TinyRun.results(other);
    assertThat(results).containsOnlyKeys(uninterrupted.keySet());
    results.forEach(
        (file, bytes) -> assertThat(bytes).as(file).isNotEqualTo(uninterrupted.get(file)));
  }

  /** Begins a run, or goes on with it, and stops it in that step. */
  private void stopped(Path run, String stage, long step) {
    ExperimentConfig config =
        new ExperimentLoader(Catalog.load(getClass().getClassLoader()), note -> {})
            .load(TinyRun.experiment(folder), List.of());
    StopSignal stop = new StopSignal();
    TrainingListener stopper = new Stopper(stage, step, stop);
    try (RunSession session =
        Files.exists(run)
            ? RunSession.resume(run, config, stop, stopper)
            : RunSession.begin(run, config, stop, stopper)) {
      Experiment experiment = session.experiment();
      assertThatThrownBy(
              () -> {
                experiment.trainAutoencoder();
                experiment.extract();
                experiment.trainPriors();
                // stopped in the very last step, there was nothing left to stop
                throw new EndedException();
              })
          .isInstanceOfAny(StoppedException.class, EndedException.class);
    }
    assertThat(stop.isRequested()).isTrue();
  }

  private static final class EndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Asks for a stop in one step. */
  private static final class Stopper implements TrainingListener {
    private final String stage;
    private final long at;
    private final StopSignal stop;
    private String current = "";

    Stopper(String stage, long at, StopSignal stop) {
      this.stage = stage;
      this.at = at;
      this.stop = stop;
    }

    @Override
    public void started(String started, long from, long to) {
      current = started;
    }

    @Override
    public void step(long step, Map<String, Double> metrics) {
      if (current.equals(stage) && step == at) {
        stop.request();
      }
    }

    @Override
    public void message(String text) {}

    @Override
    public void finished(String finished, long step) {}
  }
}
