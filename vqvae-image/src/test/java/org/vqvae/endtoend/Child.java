package org.vqvae.endtoend;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assertions;
import org.vqvae.core.cli.Main;

/** The command line in a JVM of its own, for what cannot be done to this one. */
final class Child implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path said;

  private Child(Process process, Path said) {
    this.process = process;
    this.said = said;
  }

  /** Starts a command; all that it says goes to a file in that folder. */
  static Child vqvae(Path folder, Object... command) throws IOException {
    return vqvae(folder, Map.of(), "", command);
  }

  /**
   * Starts a command in another environment.
   *
   * @param classes a folder or jar before all others on the class path, or nothing
   */
  static Child vqvae(
      Path folder, Map<String, String> environment, String classes, Object... command)
      throws IOException {
    String ownClasses = System.getProperty("java.class.path");
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.logger=slf4j",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-Dorg.nd4j.log.initialization=false",
                "-Djava.awt.headless=true",
                "-cp",
                classes.isEmpty() ? ownClasses : classes + File.pathSeparator + ownClasses,
                Main.class.getName()));
    Arrays.stream(command).map(String::valueOf).forEach(line::add);
    Path said = Files.createTempFile(folder, "child", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    return new Child(builder.start(), said);
  }

  /** Waits until something is so, which the child must live to see. */
  void await(BooleanSupplier condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        Assertions.fail("the child got nowhere: " + said());
      }
      Thread.sleep(2);
    }
  }

  /** Does what Ctrl-C does. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  /** Ends it at once, whatever it is about. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  int exitCode() throws InterruptedException, IOException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      Assertions.fail("the child does not end: " + said());
    }
    return process.exitValue();
  }

  String said() throws IOException {
    return Files.readString(said);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
