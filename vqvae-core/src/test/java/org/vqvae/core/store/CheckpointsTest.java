package org.vqvae.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.random.RandomStreams;

class CheckpointsTest {
  @TempDir Path temporary;
  private Path folder;
  private Checkpoints checkpoints;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void two_are_kept() {
    folder = temporary.resolve("checkpoints").resolve("autoencoder");
    checkpoints = new Checkpoints(folder, 2);
  }

  @Test
  void a_checkpoint_comes_back_as_it_was() {
    // Given
    RandomStreams streams = new RandomStreams(42);
    streams.named("data").nextLong();
    streams.named("dead-codes").nextLong();
    Checkpoint saved =
        new Checkpoint(
            7,
            Map.of("encoder/w", Nd4j.rand(3, 4)),
            Map.of("adam/m", Nd4j.rand(12), "adam/v", Nd4j.rand(12)),
            streams.states(),
            Map.of("position", 31L));
    // When
    checkpoints.save(saved);
    Checkpoint loaded = latest();
    // Then
    assertThat(loaded.step()).isEqualTo(7);
    assertThat(loaded.random()).isEqualTo(saved.random());
    assertThat(loaded.counters()).isEqualTo(saved.counters());
    assertThatArray(loaded.parameters().get("encoder/w"))
        .isEqualToArray(saved.parameters().get("encoder/w"));
    assertThatArray(loaded.optimizer().get("adam/v"))
        .isEqualToArray(saved.optimizer().get("adam/v"));
    RandomStreams resumed = new RandomStreams(42);
    resumed.restore(loaded.random());
    assertThat(resumed.named("data").nextLong()).isEqualTo(streams.named("data").nextLong());
  }

  @Test
  void there_is_none_before_the_first() {
    assertThat(checkpoints.latest(warnings::add)).isEmpty();
    assertThat(checkpoints.steps()).isEmpty();
  }

  @Test
  void only_the_newest_few_are_kept() {
    for (long step : new long[] {5, 100, 20, 1000}) {
      checkpoints.save(checkpoint(step, step));
    }
    assertThat(checkpoints.steps()).containsExactly(1000L, 100L);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("1000", "100");
  }

  @Test
  void saving_a_step_again_replaces_it() {
    checkpoints.save(checkpoint(5, 1));
    checkpoints.save(checkpoint(5, 2));
    assertThat(latest().counters()).isEqualTo(Map.of("value", 2L));
    assertThat(folder.toFile().list()).containsExactly("5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parameters.safetensors", "optimizer.safetensors", "state.json"})
  void a_damaged_newest_one_falls_back_to_the_one_before(String name) throws IOException {
    // Given
    checkpoints.save(checkpoint(5, 1));
    checkpoints.save(checkpoint(10, 2));
    Path damaged = folder.resolve("10").resolve(name);
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length - 1 - bytes.length / 3));
    // When
    Checkpoint loaded = latest();
    // Then
    assertThat(loaded.step()).isEqualTo(5);
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("checkpoint %s cannot be used (".formatted(folder.resolve("10")))
        .endsWith("); going on from step 5");
  }

  @Test
  void every_changed_digit_or_letter_is_detected() throws IOException {
    // Given
    checkpoints.save(checkpoint(5, 1));
    for (String name : List.of("parameters.safetensors", "optimizer.safetensors", "state.json")) {
      Path file = folder.resolve("5").resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < whole.length; i++) {
        if (name.equals("state.json") && Character.isWhitespace(whole[i])) {
          continue; // the layout of the text says nothing
        }
        // When
        byte[] changed = whole.clone();
        changed[i] ^= 1;
        Files.write(file, changed);
        // Then
        assertThatThrownBy(() -> checkpoints.latest(warnings::add))
            .as("%s, byte %d", name, i)
            .isInstanceOf(StoreException.class)
            .hasMessageStartingWith(
                folder + ": no checkpoint can be used; start again under another name: ");
      }
      Files.write(file, whole);
    }
    assertThat(latest().step()).isEqualTo(5);
  }

  @Test
  void what_is_wrong_is_said() throws IOException {
    // Given
    checkpoints.save(checkpoint(5, 1));
    Path file = folder.resolve("5").resolve("parameters.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    // Then
    assertThatThrownBy(() -> checkpoints.latest(warnings::add))
        .hasMessage(
            "%s: no checkpoint can be used; start again under another name: checkpoint %s cannot be used (%s: does not match its checksum)"
                .formatted(folder, folder.resolve("5"), file));
  }

  @Test
  void one_of_another_format_names_the_builds_that_read_it() throws IOException {
    // Given a checkpoint as builds before wrote it
    checkpoints.save(checkpoint(5, 1));
    Path file = folder.resolve("5").resolve("state.json");
    JsonFields whole = Json.parseObject(Files.readString(file), "state.json");
    Map<String, Object> state = new LinkedHashMap<>();
    JsonFields fields = whole.object("state");
    fields.names().forEach(name -> state.put(name, fields.get(name)));
    state.put("format", 1);
    Map<String, Object> former = new LinkedHashMap<>();
    former.put("state", state);
    former.put("checksum", Fingerprint.of(Json.compact(state)));
    Files.writeString(file, Json.pretty(former));
    // Then
    assertThatThrownBy(() -> checkpoints.latest(warnings::add))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file + ": has format 1, which builds up to commit 5470d82 read, ");
  }

  @Test
  void a_folder_under_another_step_is_not_believed() throws IOException {
    checkpoints.save(checkpoint(5, 1));
    Files.move(folder.resolve("5"), folder.resolve("50"));
    checkpoints.save(checkpoint(7, 1));
    assertThat(latest().step()).isEqualTo(7);
    assertThat(warnings)
        .containsExactly(
            "checkpoint %1$s cannot be used (%1$s: it is of step 5); going on from step 7"
                .formatted(folder.resolve("50")));
  }

  @Test
  void a_kill_while_saving_leaves_the_one_before() throws IOException {
    // Given what a killed process leaves
    checkpoints.save(checkpoint(5, 1));
    Files.createDirectories(folder.resolve("10.tmp"));
    Files.writeString(folder.resolve("10.tmp").resolve("parameters.safetensors.tmp"), "half");
    // Then
    assertThat(latest().step()).isEqualTo(5);
    assertThat(warnings).isEmpty();
    // When the run goes on
    checkpoints.save(checkpoint(10, 2));
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("5", "10");
  }

  @Test
  void a_kill_while_replacing_leaves_the_old_one() throws IOException {
    checkpoints.save(checkpoint(5, 1));
    Files.move(folder.resolve("5"), folder.resolve("5.replaced"));
    assertThat(latest().counters()).isEqualTo(Map.of("value", 1L));
  }

  @Test
  void a_process_that_is_killed_leaves_all_that_it_had_saved() throws Exception {
    // Given a process that saves without end
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Saver.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    // When it is killed, wherever it is
    long saved = 0;
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        saved = Long.parseLong(line);
        if (saved == 5) {
          process.toHandle().destroyForcibly(); // Process itself would close the stream
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    // Then
    assertThat(saved).isGreaterThanOrEqualTo(5);
    assertThat(latest().step()).isBetween(saved, saved + 1);
    assertThat(warnings).isEmpty();
  }

  /** Saves checkpoint after checkpoint, and says so after each. */
  static final class Saver {
    public static void main(String[] arguments) {
      Checkpoints checkpoints = new Checkpoints(Path.of(arguments[0]), 2);
      for (long step = 1; step < 1_000_000; step++) {
        checkpoints.save(checkpoint(step, step));
        System.out.println(step);
      }
    }
  }

  @Test
  void the_same_state_gives_the_same_bytes() throws IOException {
    checkpoints.save(checkpoint(5, 1));
    byte[] first = Files.readAllBytes(folder.resolve("5").resolve("state.json"));
    checkpoints.save(checkpoint(5, 1));
    assertThat(Files.readAllBytes(folder.resolve("5").resolve("state.json"))).isEqualTo(first);
  }

  private Checkpoint latest() {
    return checkpoints.latest(warnings::add).orElseThrow();
  }

  private static Checkpoint checkpoint(long step, long value) {
    return new Checkpoint(
        step,
        Map.of("w", Nd4j.ones(2).muli(value)),
        Map.of("m", Nd4j.ones(2)),
        Map.of("data", -value, "init", Long.MIN_VALUE),
        Map.of("value", value));
  }
}
