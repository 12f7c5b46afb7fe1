package org.vqvae.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.data.Split;
import org.vqvae.core.store.AtomicFile;
import org.vqvae.core.store.StoreException;

class RunFolderTest {
  private static final Provenance PROVENANCE =
      Provenance.of(Instant.parse("2020-02-03T04:05:06Z"), 42, "seed = 42", "data-1", 2);

  @TempDir Path temporary;

  @Test
  void everything_has_its_place() {
    try (RunFolder run = RunFolder.create(path())) {
      assertThat(run.path()).isDirectory();
      assertThat(run.config()).isEqualTo(path().resolve("config.resolved.conf"));
      assertThat(run.provenance()).isEqualTo(path().resolve("provenance.json"));
      assertThat(run.metrics()).isEqualTo(path().resolve("metrics.jsonl"));
      assertThat(run.autoencoder()).isEqualTo(path().resolve("autoencoder.safetensors"));
      assertThat(run.prior("pixelcnn")).isEqualTo(path().resolve("prior-pixelcnn.safetensors"));
      assertThat(run.codes(Split.VALIDATION)).isEqualTo(path().resolve("codes/validation.codes"));
      assertThat(run.samples()).isEqualTo(path().resolve("samples"));
      assertThat(run.results()).isEqualTo(path().resolve("results.json"));
      assertThat(run.report()).isEqualTo(path().resolve("report.html"));
      assertThat(run.checkpoints("prior", 1).steps()).isEmpty();
    }
  }

  @Test
  void an_empty_folder_will_do() throws IOException {
    Files.createDirectories(path());
    RunFolder.create(path()).close();
    assertThat(path()).exists();
  }

  @Test
  void a_folder_with_something_in_it_is_refused() {
    begin();
    assertThatThrownBy(() -> RunFolder.create(path()))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            path()
                + ": there is something in this folder; go on with its run by --resume, or choose"
                + " another name");
  }

  @Test
  void a_folder_that_is_not_a_runs_is_left_untouched() throws IOException {
    Files.createDirectories(path());
    Files.writeString(path().resolve("thesis.tex"), "x");
    assertThatThrownBy(() -> RunFolder.create(path())).isInstanceOf(StoreException.class);
    assertThat(path().toFile().list()).containsExactly("thesis.tex");
  }

  @Test
  void a_file_is_refused() throws IOException {
    Files.writeString(path(), "x");
    assertThatThrownBy(() -> RunFolder.create(path()))
        .hasMessage(path() + ": is a file, not a folder; choose another name");
  }

  @Test
  void a_start_that_was_killed_before_the_config_can_begin_again() throws IOException {
    RunFolder.create(path()).close();
    Files.writeString(path().resolve("config.resolved.conf.tmp"), "half");
    RunFolder.create(path()).close();
  }

  @Test
  void a_run_is_resumed_where_its_config_is() throws IOException {
    // Given
    begin();
    Files.writeString(path().resolve("results.json.tmp"), "half");
    // When
    try (RunFolder run = RunFolder.resume(path())) {
      // Then
      assertThat(RunFolder.text(run.config())).isEqualTo("seed = 42\n");
      assertThat(path().toFile().list())
          .containsExactlyInAnyOrder(".lock", "config.resolved.conf", "provenance.json");
    }
  }

  @Test
  void a_folder_without_a_config_is_no_run() {
    assertThatThrownBy(() -> RunFolder.resume(path()))
        .hasMessage(
            path()
                + ": not a run folder, as it has no config.resolved.conf; check the name, or begin"
                + " a new run");
  }

  @Test
  void a_run_of_an_earlier_format_is_refused_by_one_sentence_that_names_its_build()
      throws IOException {
    // Given a run folder as builds before formats were numbered left it
    begin();
    String old = PROVENANCE.json().replaceFirst("  \"format\": 2,\n", "");
    Files.writeString(path().resolve("provenance.json"), old);
    // When, then
    assertThatThrownBy(() -> RunFolder.read(path()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("provenance.json")
        .hasMessageContaining("format 1");
  }

  @Test
  void only_one_may_write_and_all_may_read() {
    begin();
    try (RunFolder first = RunFolder.resume(path())) {
      assertThatThrownBy(() -> RunFolder.resume(path()))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "%s: process %d works in this run folder; wait for it, or choose another name"
                  .formatted(path(), ProcessHandle.current().pid()));
      try (RunFolder reader = RunFolder.read(path())) {
        assertThat(reader.config()).isEqualTo(first.config());
      }
    }
    RunFolder.resume(path()).close();
  }

  @Test
  void another_process_keeps_its_folder_until_it_is_killed() throws Exception {
    // Given
    begin();
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                path().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(said.readLine()).isEqualTo("holds");
      // When, then
      assertThatThrownBy(() -> RunFolder.resume(path()))
          .hasMessage(
              "%s: process %d works in this run folder; wait for it, or choose another name"
                  .formatted(path(), other.pid()));
    } finally {
      other.destroyForcibly().waitFor();
    }
    RunFolder.resume(path()).close();
  }

  /** A process that takes a run folder and keeps it. */
  static final class Holder {
    public static void main(String[] arguments) throws InterruptedException {
      try (RunFolder run = RunFolder.resume(Path.of(arguments[0]))) {
        System.out.println(run.path().toString().isEmpty() ? "" : "holds");
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void provenance_comes_back_as_it_was_and_says_what_ran() {
    // Given
    Instant now = Instant.parse("2020-02-03T04:05:06.789Z");
    // When
    Provenance provenance = Provenance.of(now, 42, "seed = 42", "data-1", 2);
    // Then
    assertThat(Provenance.parse(provenance.json(), "provenance.json")).isEqualTo(provenance);
    assertThat(provenance.started()).isEqualTo("2020-02-03T04:05:06Z");
    assertThat(provenance.config()).hasSize(64);
    assertThat(provenance.versions()).containsEntry("nd4j", "1.0.0-M2.1");
    assertThat(provenance.versions().get("vqvae")).matches("\\d+\\.\\d+.*");
    assertThat(provenance.versions().get("dnnl")).matches("\\d+\\.\\d+.*");
    assertThat(provenance.versions().get("java")).startsWith(Runtime.version().toString());
    assertThat(provenance.machine()).containsKeys("os", "cpu", "processors", "threads");
  }

  private Path path() {
    return temporary.resolve("run");
  }

  private void begin() {
    try (RunFolder run = RunFolder.create(path())) {
      AtomicFile.write(run.provenance(), PROVENANCE.json());
      AtomicFile.write(run.config(), "seed = 42\n");
    }
  }
}
