package org.vqvae.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.store.MetricsLog.Line;

class MetricsLogTest {
  @TempDir Path folder;

  @Test
  void a_line_is_in_the_file_when_append_returns() throws IOException {
    try (MetricsLog log = MetricsLog.open(file())) {
      // When
      log.append(
          new Line("autoencoder", 100, 3.5, ordered("loss", 0.12, "perplexity", Double.NaN)));
      // Then
      assertThat(Files.readString(file()))
          .isEqualTo(
              "{\"stage\":\"autoencoder\",\"step\":100,\"seconds\":3.5,\"loss\":0.12,\"perplexity\":\"NaN\"}\n");
    }
  }

  @Test
  void lines_come_back_as_they_were() {
    List<Line> lines =
        List.of(
            new Line(
                "autoencoder", 1, 0.5, ordered("loss", Double.POSITIVE_INFINITY, "mse", 1e-30)),
            new Line("prior", 0, 0, ordered("nats", Double.NaN, "top", Double.NEGATIVE_INFINITY)));
    append(lines);
    assertThat(MetricsLog.read(file())).isEqualTo(lines);
  }

  @Test
  void opening_again_goes_on_behind_the_last_line() {
    append(List.of(line("autoencoder", 1)));
    append(List.of(line("autoencoder", 2)));
    assertThat(MetricsLog.read(file()))
        .containsExactly(line("autoencoder", 1), line("autoencoder", 2));
  }

  @Test
  void a_torn_last_line_is_left_out_and_cut_off_at_the_next_writing() throws IOException {
    // Given a process that was killed within a line
    append(List.of(line("autoencoder", 1)));
    Files.writeString(file(), "{\"stage\":\"autoenc", StandardOpenOption.APPEND);
    // Then
    assertThat(MetricsLog.read(file())).containsExactly(line("autoencoder", 1));
    // When
    append(List.of(line("autoencoder", 2)));
    // Then
    assertThat(MetricsLog.read(file()))
        .containsExactly(line("autoencoder", 1), line("autoencoder", 2));
  }

  @Test
  void a_resumed_run_writes_the_file_of_an_uninterrupted_one() throws IOException {
    // Given an uninterrupted run
    append(
        List.of(
            line("autoencoder", 100),
            line("autoencoder", 200),
            line("autoencoder", 300),
            line("prior", 100)));
    byte[] uninterrupted = Files.readAllBytes(file());
    Files.delete(file());
    // When a run is killed behind step 300, and goes on from its checkpoint of step 200
    append(List.of(line("autoencoder", 100), line("autoencoder", 200), line("autoencoder", 300)));
    try (MetricsLog log = MetricsLog.open(file())) {
      log.rewind("autoencoder", 200);
      log.append(line("autoencoder", 300));
      log.rewind("prior", 0);
      log.append(line("prior", 100));
    }
    // Then
    assertThat(Files.readAllBytes(file())).isEqualTo(uninterrupted);
  }

  @Test
  void rewinding_a_later_stage_leaves_the_earlier_ones() {
    append(
        List.of(
            line("autoencoder", 100),
            line("autoencoder", 200),
            line("prior", 50),
            line("prior", 100)));
    try (MetricsLog log = MetricsLog.open(file())) {
      log.rewind("prior", 50);
    }
    assertThat(MetricsLog.read(file()))
        .containsExactly(line("autoencoder", 100), line("autoencoder", 200), line("prior", 50));
  }

  @Test
  void there_are_no_lines_without_a_file() {
    assertThat(MetricsLog.read(file())).isEmpty();
  }

  @Test
  void a_damaged_line_in_the_middle_is_named() throws IOException {
    append(List.of(line("autoencoder", 1), line("autoencoder", 2)));
    Files.writeString(file(), "{\"stage\":3,\"step\":1}\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> MetricsLog.read(file()))
        .isInstanceOf(StoreException.class)
        .hasMessage(file() + ": line 3: \"stage\" must be a text but was 3");
  }

  @Test
  void names_that_are_taken_are_refused() {
    assertThatThrownBy(() -> new Line("autoencoder", 1, 0, Map.of("step", 1.0)))
        .hasMessageStartingWith("a metric cannot be called one of ");
  }

  @Test
  void a_full_disk_is_reported() throws IOException {
    // Given a device that is always full
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    try (MetricsLog log =
        new MetricsLog(file(), FileChannel.open(full, StandardOpenOption.WRITE))) {
      // When, then
      assertThatThrownBy(() -> log.append(line("autoencoder", 1)))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              file()
                  + ": cannot be written (No space left on device); free space or mend the"
                  + " permissions, then repeat the command (run and train: with --resume)");
    }
  }

  private Path file() {
    return folder.resolve("metrics.jsonl");
  }

  private void append(List<Line> lines) {
    try (MetricsLog log = MetricsLog.open(file())) {
      lines.forEach(log::append);
    }
  }

  private static Line line(String stage, long step) {
    return new Line(stage, step, step / 8.0, Map.of("loss", 1.0 / (step + 1)));
  }

  private static Map<String, Double> ordered(String first, double one, String second, double two) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(first, one);
    values.put(second, two);
    return values;
  }
}
