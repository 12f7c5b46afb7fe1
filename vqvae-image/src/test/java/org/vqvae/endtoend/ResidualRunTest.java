package org.vqvae.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.CommandLineRun.vqvae;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Grid;
import org.vqvae.core.report.KeyCatalog;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.core.store.CodeFile;
import org.vqvae.core.store.CodeStore;
import org.vqvae.core.testing.CommandLineRun;

/** Several codes a position: levels of a residual quantizer, from the run to files. */
class ResidualRunTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  /** A run of both stages with a WaveNet prior. */
  private static Path run;

  @BeforeAll
  static void run_once() {
    run = shared.resolve("run");
    TinyRun.begin("run", run, TinyRun.TWO_LEVELS, TinyRun.WAVENET).worked();
  }

  private Path encoded(String name, Object... options) {
    Path codes = folder.resolve(name);
    Path picture = TestPicture.write(folder.resolve("picture.png"), 21, 18);
    vqvae(line(List.of("encode", run, picture, codes), options)).worked();
    return codes;
  }

  private Path decoded(Path codes, String name, Object... options) {
    Path picture = folder.resolve(name);
    vqvae(line(List.of("decode", run, codes, picture), options)).worked();
    return picture;
  }

  private static Object[] line(List<Object> command, Object... options) {
    return Stream.concat(command.stream(), Arrays.stream(options)).toArray();
  }

  @Test
  void codes_of_all_levels_are_stored() {
    Codes codes = CodeStore.open(run.resolve("codes/test.codes")).codes(0, 1, 2);
    assertThat(codes.shape()).isEqualTo(CodeShape.of(new Grid(4, 4), List.of(16, 8)));
  }

  @Test
  void the_more_levels_the_more_bits_and_the_less_distortion() {
    // When
    Results results = Results.read(run.resolve("results.json"), KeyCatalog.core());
    // Then 16 positions have 4 bits on the first level and 3 on the second
    assertThat(results.number(ResultKeys.LEVEL_BITS.of("1"))).hasValue(64);
    assertThat(results.number(ResultKeys.LEVEL_BITS.of("2"))).hasValue(112);
    assertThat(results.number(ResultKeys.CODE_BITS)).hasValue(112);
    assertThat(results.number(ResultKeys.CODES)).hasValue(32);
    assertThat(results.number(ResultKeys.LEVEL_NMSE.of("2")).orElseThrow())
        .isLessThan(results.number(ResultKeys.LEVEL_NMSE.of("1")).orElseThrow());
  }

  @Test
  void the_first_level_alone_takes_fewer_bytes_and_is_the_first_of_all() {
    // When
    CodeFile all = CodeFile.read(encoded("all.vqa"));
    CodeFile first = CodeFile.read(encoded("first.vqa", "--levels", 1));
    // Then
    assertThat(all.codes().shape()).isEqualTo(CodeShape.of(new Grid(5, 6), List.of(16, 8)));
    assertThat(first.codes()).isEqualTo(all.codes().truncated(1));
    // 30 codes of 3 bits less, and the size of a codebook
    assertThat(all.length() - first.length()).isEqualTo(12 + 4);
  }

  @Test
  void files_of_all_levels_and_of_the_first_are_decoded_to_the_size_of_the_picture()
      throws IOException {
    // When
    Path all = decoded(encoded("all.vqa"), "all.png");
    Path first = decoded(encoded("first.vqa", "--levels", 1), "first.png");
    // Then
    assertThat(TestPicture.size(all)).containsExactly(21, 18);
    assertThat(TestPicture.size(first)).containsExactly(21, 18);
    assertThat(Files.readAllBytes(first)).isNotEqualTo(Files.readAllBytes(all));
  }

  @Test
  void levels_are_left_out_when_encoding_or_when_decoding() {
    Path encoding = decoded(encoded("first.vqa", "--levels", 1), "encoding.png");
    Path decoding = decoded(encoded("all.vqa"), "decoding.png", "--levels", 1);
    assertThat(decoding).hasSameBinaryContentAs(encoding);
  }

  @Test
  void pictures_are_reconstructed_from_the_first_level() throws IOException {
    Path picture = TestPicture.write(folder.resolve("picture.png"), 21, 18);
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    vqvae("reconstruct", run, picture, "--levels", 1, "--out", one).worked();
    vqvae("reconstruct", run, picture, "--out", two).worked();
    assertThat(Files.readAllBytes(one.resolve("picture.png")))
        .isNotEqualTo(Files.readAllBytes(two.resolve("picture.png")));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, -1})
  void levels_that_there_are_not_are_refused(int levels) {
    // Given
    Path picture = TestPicture.write(folder.resolve("picture.png"), 16, 16);
    Path codes = encoded("codes.vqa");
    String message =
        "%d levels were asked for, but these codes have 2: choose 1 to 2".formatted(levels);
    // When and then
    vqvae("encode", run, picture, folder.resolve("out.vqa"), "--levels", levels)
        .failed(CommandLineRun.USAGE, message);
    vqvae("decode", run, codes, folder.resolve("out.png"), "--levels", levels)
        .failed(CommandLineRun.USAGE, message);
    assertThat(folder.resolve("out.vqa")).doesNotExist();
    assertThat(folder.resolve("out.png")).doesNotExist();
  }

  @Test
  void more_levels_than_a_file_has_are_refused() {
    Path first = encoded("first.vqa", "--levels", 1);
    vqvae("decode", run, first, folder.resolve("out.png"), "--levels", 2)
        .failed(
            CommandLineRun.USAGE, "2 levels were asked for, but these codes have 1: choose 1 to 1");
  }

  @Test
  void samples_of_any_size_are_drawn() {
    vqvae("sample", run, "--count", 1, "--size", "18x41", "--out", folder).worked();
    assertThat(TestPicture.size(folder.resolve("wavenet-1.png"))).containsExactly(41, 18);
  }

  @Test
  void the_unigram_prior_counts_each_level_by_itself() {
    // Given
    Path unigram = folder.resolve("run");
    TinyRun.begin("run", unigram, TinyRun.TWO_LEVELS, "prior=unigram").worked();
    // When
    vqvae("sample", unigram, "--count", 1, "--out", folder).worked();
    // Then
    assertThat(TestPicture.size(folder.resolve("unigram-1.png"))).containsExactly(16, 16);
    Results results = Results.read(unigram.resolve("results.json"), KeyCatalog.core());
    double bits = results.number(ResultKeys.PRIOR_EXAMPLE_BITS.of("unigram")).orElseThrow();
    assertThat(bits).isBetween(10.0, 112.0);
  }
}
