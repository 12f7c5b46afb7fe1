package org.vqvae.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.vqvae.core.cli.Cli.vqvae;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run whose process is killed or interrupted, in earnest. */
class KilledRunTest {
  @TempDir Path folder;

  @Test
  void a_run_killed_in_either_stage_ends_in_the_same_bytes() throws Exception {
    // Given a run that nothing happened to, of stages long enough to be hit
    List<String> longer =
        List.of(
            "--set", "autoencoder.steps=500",
            "--set", "autoencoder.evaluate-every=250",
            "--set", "prior-training.steps=500",
            "--set", "prior-training.evaluate-every=250");
    Path whole = folder.resolve("whole");
    assertThat(vqvae(run(whole, longer)).err()).isEmpty();
    // When another one is killed in stage 1, at any time after its first checkpoint
    Path run = folder.resolve("run");
    killIn("autoencoder", run, run(run, longer));
    assertThat(run.resolve("autoencoder.safetensors")).doesNotExist();
    // And, when it goes on, in stage 2
    List<String> resume = new ArrayList<>(longer);
    resume.add("--resume");
    killIn("prior-", run, run(run, resume));
    assertThat(run.resolve("autoencoder.safetensors")).exists();
    assertThat(run.resolve("prior-pixelcnn.safetensors")).doesNotExist();
    // And then goes on to the end
    assertThat(vqvae(run(run, resume)).err()).isEmpty();
    // Then
    assertThat(TinyRun.results(run)).isEqualTo(TinyRun.results(whole));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void ctrl_c_writes_a_checkpoint_says_how_to_go_on_and_exits_with_130() throws Exception {
    assumeFalse(ignoresInterrupts(), "this process, and so its children, ignore Ctrl-C");
    // Given a run in its first stage
    Path run = folder.resolve("run");
    Object[] command = run(run, List.of("--set", "autoencoder.steps=1000000"));
    try (Child child = Child.vqvae(folder, command)) {
      child.await(() -> hasCheckpoint(run, "autoencoder"));
      // When
      child.interrupt();
      // Then
      assertThat(child.exitCode()).isEqualTo(ExitCode.STOPPED);
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

  private Object[] run(Path run, List<String> more) {
    return Stream.concat(
            Stream.of("run", TinyRun.experiment(folder).toString(), "--out", run.toString()),
            more.stream())
        .toArray();
  }

  private void killIn(String stage, Path run, Object... command) throws Exception {
    try (Child child = Child.vqvae(folder, command)) {
      child.await(() -> hasCheckpoint(run, stage));
      Thread.sleep(ThreadLocalRandom.current().nextInt(150));
      child.kill();
    }
  }

  private static boolean hasCheckpoint(Path run, String stage) {
    try (Stream<Path> files = Files.walk(run.resolve("checkpoints"), 2)) {
      return files.anyMatch(
          file ->
              file.getFileName().toString().matches("\\d+")
                  && file.getParent().getFileName().toString().startsWith(stage));
    } catch (IOException | UncheckedIOException e) {
      // not there yet, or gone while it was looked at
      return false;
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
