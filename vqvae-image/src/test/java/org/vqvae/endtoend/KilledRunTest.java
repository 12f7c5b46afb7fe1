package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.testing.CommandLineRun;
import org.vqvae.core.testing.RunResults;

/** What becomes of a run whose process is killed or interrupted, in earnest. */
class KilledRunTest {
  private static final long SEED = 1;

  /** Stages long enough to be hit. */
  private static final String[] LONGER = {
    "autoencoder.steps=500",
    "autoencoder.evaluate-every=250",
    "prior-training.steps=500",
    "prior-training.evaluate-every=250"
  };

  @TempDir Path folder;

  @Test
  void a_run_killed_in_either_stage_ends_in_the_same_bytes() throws Exception {
    // Given a run that nothing happened to
    Path whole = folder.resolve("whole");
    TinyRun.begin("run", whole, LONGER).worked();
    // When another one is killed in stage 1, some time after its first checkpoint
    Path run = folder.resolve("run");
    RandomStream delays = RandomStream.of(SEED, "delays");
    List<String> killed = new ArrayList<>();
    killed.add(killIn("autoencoder", delays.nextInt(150), run));
    assertThat(run.resolve("autoencoder.safetensors")).as("%s", killed).doesNotExist();
    // And, when it goes on, in stage 2
    killed.add(killIn("prior-", delays.nextInt(150), run, "--resume"));
    assertThat(run.resolve("autoencoder.safetensors")).as("%s", killed).exists();
    assertThat(run.resolve("prior-pixelcnn.safetensors")).as("%s", killed).doesNotExist();
    // And then goes on to the end
    TinyRun.resume(run, LONGER).worked();
    // Then
    assertThat(RunResults.of(run)).as("%s", killed).isEqualTo(RunResults.of(whole));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void ctrl_c_writes_a_checkpoint_says_how_to_go_on_and_exits_with_130() throws Exception {
    assumeFalse(ignoresInterrupts(), "this process, and so its children, ignore Ctrl-C");
    // Given a run in its first stage
    Path run = folder.resolve("run");
    Object[] command = run(run, "--set", "autoencoder.steps=1000000");
    try (Child child = Child.vqvae(folder, command)) {
      child.await(() -> !checkpoints(run, "autoencoder").isEmpty());
      // When
      child.interrupt();
      // Then
      assertThat(child.exitCode()).isEqualTo(CommandLineRun.STOPPED);
      assertThat(child.said())
          .containsPattern(
              "\nstopped: autoencoder, after step \\d+, of which a checkpoint was written;")
          .endsWith(
              "; go on with: vqvae run %s --out %s --resume\n"
                  .formatted(run.resolve("config.resolved.conf"), run));
      String step = child.said().replaceFirst("(?s).*after step (\\d+),.*", "$1");
      assertThat(run.resolve("checkpoints/autoencoder").resolve(step)).isDirectory();
    }
  }

  private Object[] run(Path run, String... more) {
    return Stream.concat(
            Stream.of("run", TinyRun.experiment(folder), "--out", run), Arrays.stream(more))
        .toArray();
  }

  /**
   * Kills a run some time after a stage's first checkpoint.
   *
   * @return how: what a failure needs to be repeated
   */
  private String killIn(String stage, int delayMillis, Path run, String... more) throws Exception {
    Stream<String> settings = Arrays.stream(LONGER).flatMap(set -> Stream.of("--set", set));
    String[] options = Stream.concat(settings, Arrays.stream(more)).toArray(String[]::new);
    try (Child child = Child.vqvae(folder, run(run, options))) {
      child.await(() -> !checkpoints(run, stage).isEmpty());
      Thread.sleep(delayMillis);
      child.kill();
    }
    return "killed %d ms after the first checkpoint, with the checkpoints %s"
        .formatted(delayMillis, checkpoints(run, stage));
  }

  /** The checkpoints of a stage; none while they cannot be looked at. */
  private static List<Path> checkpoints(Path run, String stage) {
    try (Stream<Path> files = Files.walk(run.resolve("checkpoints"), 2)) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().matches("\\d+")
                      && file.getParent().getFileName().toString().startsWith(stage))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      // not there yet, or gone while it was looked at
      return List.of();
    }
  }

  /** Whether SIGINT is ignored here, as it is in what a shell starts in the background. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }
}
