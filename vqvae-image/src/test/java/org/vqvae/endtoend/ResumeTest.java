package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.CommandLineRun.vqvae;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.experiment.Experiment;
import org.vqvae.core.experiment.RunSession;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.testing.CommandLineRun;
import org.vqvae.core.testing.RunResults;
import org.vqvae.core.training.StopSignal;
import org.vqvae.core.training.StoppedException;
import org.vqvae.core.training.TrainingListener;

/** A run that was stopped and goes on ends in the bytes of one that was not. */
class ResumeTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  /** What runs that nobody stopped ended in. */
  private static final Map<Variant, Map<String, String>> UNINTERRUPTED =
      new EnumMap<>(Variant.class);

  /** Experiments, each with state of its own to be gone on from. */
  enum Variant {
    TINY,

    /** Two optimizers with state, two schedules that depend on the step. */
    OTHER_OPTIMIZERS(
        "autoencoder.optimizer={ type = nesterovs, momentum = 0.8 }",
        "autoencoder.learning-rate=0.01",
        "autoencoder.schedule={ type = cosine, warm-up = 4 }",
        "autoencoder.weight-decay=0.1",
        "autoencoder.clip-norm=0.5",
        "prior-training.optimizer=rmsprop",
        "prior-training.learning-rate=0.01",
        "prior-training.schedule={ type = warm-up, steps = 12 }"),

    /** Parts of a batch, and levels that drop out by chance. */
    LEVELS_IN_PARTS(TinyRun.TWO_LEVELS, TinyRun.WAVENET, "autoencoder.accumulate=4"),

    /** Noise in every pass, and no codes. */
    GAUSSIAN("quantizer={ type = gaussian, latent-dim = 4 }", "prior=none");

    private final String[] settings;

    Variant(String... settings) {
      this.settings = settings;
    }

    String[] settings() {
      return settings.clone();
    }
  }

  private static Path uninterrupted(Variant variant) {
    Path run = shared.resolve(variant.name()).resolve("run");
    UNINTERRUPTED.computeIfAbsent(
        variant,
        key -> {
          TinyRun.begin("run", run, key.settings()).worked();
          return RunResults.of(run);
        });
    return run;
  }

  private static Map<String, String> expected(Variant variant) {
    uninterrupted(variant);
    return UNINTERRUPTED.get(variant);
  }

  @ParameterizedTest
  @CsvSource({
    "TINY, autoencoder, 1",
    "TINY, autoencoder, 3",
    "TINY, autoencoder, 7",
    "TINY, autoencoder, 12",
    "TINY, autoencoder, 20",
    "TINY, prior, 1",
    "TINY, prior, 7",
    "TINY, prior, 18",
    "TINY, prior, 20",
    "OTHER_OPTIMIZERS, autoencoder, 2",
    "OTHER_OPTIMIZERS, autoencoder, 9",
    "OTHER_OPTIMIZERS, prior, 9",
    "LEVELS_IN_PARTS, autoencoder, 3",
    "LEVELS_IN_PARTS, autoencoder, 15",
    "LEVELS_IN_PARTS, prior, 15",
    "GAUSSIAN, autoencoder, 9"
  })
  void a_run_stopped_after_any_step_ends_in_the_same_bytes(
      Variant variant, String stage, long step) {
    // Given a run that is asked to stop in that step
    Path run = folder.resolve("run");
    stopped(variant, run, stage, step);
    // When it goes on
    TinyRun.resume(run, variant.settings()).worked();
    // Then nothing shows that it was stopped
    assertThat(RunResults.of(run)).isEqualTo(expected(variant));
  }

  @Test
  void a_run_may_be_stopped_again_and_again() {
    Path run = folder.resolve("run");
    stopped(Variant.TINY, run, "autoencoder", 2);
    stopped(Variant.TINY, run, "autoencoder", 5);
    stopped(Variant.TINY, run, "autoencoder", 16);
    stopped(Variant.TINY, run, "prior", 9);
    TinyRun.resume(run).worked();
    assertThat(RunResults.of(run)).isEqualTo(expected(Variant.TINY));
  }

  @Test
  void a_run_that_cannot_be_opened_leaves_no_thread_and_goes_on_once_it_is_mended()
      throws IOException {
    // Given a run in whose log's place there is something else
    Path run = folder.resolve("run");
    stopped(Variant.TINY, run, "autoencoder", 5);
    Path log = run.resolve("metrics.jsonl");
    Path aside = Files.move(log, folder.resolve("aside"));
    Files.createDirectory(log);
    ExperimentConfig config = config(Variant.TINY, run, "engine.threads=3");
    // When
    assertThatThrownBy(
            () -> RunSession.resume(run, config, new StopSignal(), TrainingListener.all(List.of())))
        .hasMessageContaining("metrics.jsonl");
    // Then
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("vqvae-worker"));
    Files.delete(log);
    Files.move(aside, log);
    TinyRun.resume(run).worked();
    assertThat(RunResults.of(run)).isEqualTo(expected(Variant.TINY));
  }

  @Test
  void stage_by_stage_ends_in_the_same_bytes() {
    Path run = folder.resolve("run");
    TinyRun.begin("train", run).worked();
    vqvae("extract", run).worked();
    vqvae("train-prior", run).worked();
    assertThat(RunResults.of(run)).isEqualTo(expected(Variant.TINY));
  }

  @Test
  void going_on_with_a_finished_run_computes_nothing_again_and_writes_the_report_again()
      throws IOException {
    // Given a finished run whose report was lost
    Path run = uninterrupted(Variant.TINY);
    List<Path> computed =
        List.of(
            run.resolve("autoencoder.safetensors"),
            run.resolve("prior-pixelcnn.safetensors"),
            run.resolve("codes/train.codes"));
    List<Object> before = computed.stream().map(ResumeTest::modified).toList();
    Files.delete(run.resolve("report.html"));
    // When
    CommandLineRun resumed = TinyRun.resume(run);
    // Then
    assertThat(resumed.out()).doesNotContain("steps").endsWith("report.html\n");
    assertThat(computed.stream().map(ResumeTest::modified).toList()).isEqualTo(before);
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(RunResults.of(run)).isEqualTo(expected(Variant.TINY));
  }

  private static Object modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void the_same_seed_gives_the_same_bytes_and_another_one_others() {
    Path again = folder.resolve("again");
    TinyRun.begin("run", again).worked();
    assertThat(RunResults.of(again)).isEqualTo(expected(Variant.TINY));

    Path other = folder.resolve("other");
    TinyRun.begin("run", other, "seed=2").worked();
    Map<String, String> results = RunResults.of(other);
    assertThat(results).containsOnlyKeys(expected(Variant.TINY).keySet());
    results.forEach(
        (file, bytes) -> assertThat(bytes).as(file).isNotEqualTo(expected(Variant.TINY).get(file)));
  }

  /** Begins a run, or goes on with it, and stops it in that step. */
  private static void stopped(Variant variant, Path run, String stage, long step) {
    ExperimentConfig config = config(variant, run);
    StopSignal stop = new StopSignal();
    TrainingListener stopper = new Stopper(stage, step, stop);
    try (RunSession session =
        Files.exists(run)
            ? RunSession.resume(run, config, stop, stopper)
            : RunSession.begin(run, config, stop, stopper)) {
      Experiment experiment = session.experiment();
      assertThatThrownBy(
              () -> {
                experiment.trainAll();
                // stopped in the very last step, there was nothing left to stop
                throw new EndedException();
              })
          .isInstanceOfAny(StoppedException.class, EndedException.class);
    }
    assertThat(stop.isRequested()).isTrue();
  }

  private static ExperimentConfig config(Variant variant, Path run, String... set) {
    List<String> settings = new ArrayList<>(List.of(variant.settings()));
    settings.addAll(List.of(set));
    return new ExperimentLoader(Catalog.load(ResumeTest.class.getClassLoader()), note -> {})
        .load(TinyRun.experiment(run.getParent()), settings);
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
