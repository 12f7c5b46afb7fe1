package org.vqvae.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.vqvae.core.cli.Cli.vqvae;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a process that is killed or interrupted, in earnest: each runs a JVM. */
class KilledRunTest {
  private static final int WAIT_SECONDS = 60;

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
    assertThat(vqvae(command("run", whole, longer)).err()).isEmpty();
    // When another one is killed in stage 1 at any time after its first checkpoint
    Path run = folder.resolve("run");
    killDuring("autoencoder", run, command("run", run, longer));
    assertThat(run.resolve("autoencoder.safetensors")).doesNotExist();
    // And, when it goes on, in stage 2
    List<String> resume = new ArrayList<>(longer);
    resume.add("--resume");
    killDuring("prior-", run, command("run", run, resume));
    assertThat(run.resolve("autoencoder.safetensors")).exists();
    assertThat(run.resolve("prior-pixelcnn.safetensors")).doesNotExist();
    // And then goes on to the end
    assertThat(vqvae(command("run", run, resume)).err()).isEmpty();
    // Then
    assertThat(TinyRun.results(run)).isEqualTo(TinyRun.results(whole));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void ctrl_c_writes_a_checkpoint_says_how_to_go_on_and_exits_with_130() throws Exception {
    assumeFalse(ignoresInterrupts(), "this process, and so its children, ignore Ctrl-C");
    // Given a run in its first stage
    Path run = folder.resolve("run");
    Process child = start(command("run", run, List.of("--set", "autoencoder.steps=1000000")));
    await(() -> hasCheckpoint(run, "autoencoder"), child);
    // When it gets what Ctrl-C sends
    new ProcessBuilder("kill", "-INT", Long.toString(child.pid())).start().waitFor();
    // Then
    assertThat(child.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isEqualTo(ExitCode.STOPPED);
    String out = Files.readString(folder.resolve("child.txt"));
    assertThat(out)
        .containsPattern("\nstopped: autoencoder, after step \\d+, of which a checkpoint was written;")
        .endsWith(
            "; go on with: vqvae run %s --out %s --resume\n"
                .formatted(run.resolve("config.resolved.conf"), run));
    String step = out.replaceFirst("(?s).*after step (\\d+),.*", "$1");
    assertThat(run.resolve("checkpoints/autoencoder").resolve(step)).isDirectory();
  }

  private Object[] command(String name, Path run, List<String> more) {
    return Stream.concat(
            Stream.of(name, TinyRun.experiment(folder).toString(), "--out", run.toString()),
            more.stream())
        .toArray();
  }

  private void killDuring(String stage, Path run, Object... command) throws Exception {
    Process child = start(command);
    await(() -> hasCheckpoint(run, stage), child);
    Thread.sleep(ThreadLocalRandom.current().nextInt(150));
    child.destroyForcibly().waitFor();
  }

  private Process start(Object... command) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.logger=slf4j",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-Dorg.nd4j.log.initialization=false",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    Arrays.stream(command).map(String::valueOf).forEach(line::add);
    File said = folder.resolve("child.txt").toFile();
    return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said).start();
  }

  private static boolean hasCheckpoint(Path run, String stage) {
    try (Stream<Path> files = Files.walk(run.resolve("checkpoints"), 2)) {
      return files.anyMatch(
          file ->
              file.getFileName().toString().matches("\\d+")
                  && file.getParent().getFileName().toString().startsWith(stage));
    } catch (IOException | java.io.UncheckedIOException e) {
      // not there yet, or gone while it was looked at
      return false;
    }
  }

  private void await(java.util.function.BooleanSupplier condition, Process child)
      throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (!condition.getAsBoolean()) {
      if (!child.isAlive() || System.nanoTime() > end) {
        child.destroyForcibly();
        fail("the child got nowhere: " + Files.readString(folder.resolve("child.txt")));
      }
      Thread.sleep(2);
    }
  }

  /** Whether SIGINT is ignored here, as it is in what a shell starts in the background. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }
}
