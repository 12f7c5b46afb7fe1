package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.CommandLineRun.vqvae;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.testing.CommandLineRun;

/** What builds before the formats' last change have written is refused, and named as such. */
class FormerFormatsTest {
  private static final String REFUSED =
      ": has format 1, which builds up to commit 5470d82 read, but this build reads format 2;"
          + " repeat the command that wrote it, or read it with such a build";

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path finished;
  private Path run;

  @BeforeAll
  static void run_once() {
    finished = shared.resolve("finished");
    TinyRun.begin("run", finished).worked();
  }

  @BeforeEach
  void copy() {
    run = TinyRun.copy(finished, folder.resolve("run"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"extract", "train-prior", "sample", "reconstruct", "report"})
  void a_run_folder(String command) throws IOException {
    // Given a run folder that says it is of format 1
    Path provenance = run.resolve("provenance.json");
    Files.writeString(
        provenance, replaced(Files.readString(provenance), "\"format\": 2", "\"format\": 1"));
    // When and then
    vqvae(command, run).failed(CommandLineRun.STORE, provenance + REFUSED);
  }

  @Test
  void a_run_folder_that_does_not_say_its_format() throws IOException {
    Path provenance = run.resolve("provenance.json");
    Files.writeString(provenance, replaced(Files.readString(provenance), "\"format\": 2,", ""));
    vqvae("sample", run).failed(CommandLineRun.STORE, provenance + REFUSED);
    TinyRun.resume(run).failed(CommandLineRun.STORE, provenance + REFUSED);
  }

  @Test
  void the_weights_of_an_autoencoder_and_of_a_prior() throws IOException {
    for (String name : new String[] {"prior-pixelcnn.safetensors", "autoencoder.safetensors"}) {
      Path weights = run.resolve(name);
      String bytes = Files.readString(weights, StandardCharsets.ISO_8859_1);
      Files.writeString(
          weights,
          replaced(bytes, "\"format\":\"2\"", "\"format\":\"1\""),
          StandardCharsets.ISO_8859_1);
      vqvae("sample", run).failed(CommandLineRun.STORE, weights + REFUSED);
    }
  }

  @Test
  void a_code_store() throws IOException {
    Path codes = run.resolve("codes/validation.codes");
    setByte(codes, 8);
    vqvae("extract", run).failed(CommandLineRun.STORE, codes + REFUSED);
    vqvae("train-prior", run).failed(CommandLineRun.STORE, codes + REFUSED);
  }

  @Test
  void a_file_of_codes() throws IOException {
    // Given the codes of a reconstructed picture
    vqvae("sample", run, "--count", 1, "--out", folder).worked();
    Path codes = folder.resolve("picture.vqa");
    vqvae("encode", run, folder.resolve("pixelcnn-1.png"), codes).worked();
    setByte(codes, 4);
    // When and then
    vqvae("decode", run, codes, folder.resolve("out.png"))
        .failed(CommandLineRun.STORE, codes + REFUSED);
    assertThat(folder.resolve("out.png")).doesNotExist();
  }

  /** Sets the byte with the format to 1. */
  private static void setByte(Path file, int index) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes[index]).isEqualTo((byte) 2);
    bytes[index] = 1;
    Files.write(file, bytes);
  }

  private static String replaced(String text, String before, String after) {
    assertThat(text).containsOnlyOnce(before);
    return text.replace(before, after);
  }
}
