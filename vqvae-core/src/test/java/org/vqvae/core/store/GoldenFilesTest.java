package org.vqvae.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;

/** What was written once is read, and would be written the same; see {@link GoldenFiles}. */
class GoldenFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("stores")
  void a_code_store_is_read(String name, CodeStoreInfo info, Codes codes, Condition labels) {
    CodeStore store = CodeStore.open(GoldenFiles.find(name), GoldenFiles.AUTOENCODER);
    assertThat(store.info()).isEqualTo(info);
    int[] all = IntStream.range(0, store.size()).toArray();
    assertThat(store.codes(all)).isEqualTo(codes);
    assertThat(store.condition(all)).isEqualTo(labels);
  }

  static List<Arguments> stores() {
    return List.of(
        Arguments.of(
            "single.codes", GoldenFiles.SINGLE_STORE, GoldenFiles.SINGLE_CODES, Condition.NONE),
        Arguments.of(
            "single-classes.codes",
            GoldenFiles.SINGLE_STORE_OF_CLASSES,
            GoldenFiles.SINGLE_CODES,
            GoldenFiles.SINGLE_LABELS),
        Arguments.of(
            "several.codes", GoldenFiles.SEVERAL_STORE, GoldenFiles.SEVERAL_CODES, Condition.NONE),
        Arguments.of(
            "several-classes.codes",
            GoldenFiles.SEVERAL_STORE_OF_CLASSES,
            GoldenFiles.SEVERAL_CODES,
            GoldenFiles.SEVERAL_LABELS));
  }

  @ParameterizedTest
  @MethodSource("codeFiles")
  void a_file_of_codes_is_read(String name, CodeFile content) {
    assertThat(CodeFile.read(GoldenFiles.find(name), GoldenFiles.AUTOENCODER)).isEqualTo(content);
  }

  static List<Arguments> codeFiles() {
    return List.of(
        Arguments.of("single.vqa", GoldenFiles.PICTURE),
        Arguments.of("single-class.vqa", GoldenFiles.PICTURE_OF_CLASS),
        Arguments.of("several.vqa", GoldenFiles.SOUND),
        Arguments.of("several-class.vqa", GoldenFiles.SOUND_OF_CLASS),
        Arguments.of("several-two-levels.vqa", GoldenFiles.SOUND_OF_TWO_LEVELS));
  }

  @ParameterizedTest
  @MethodSource("weights")
  void weights_are_read(String name, Map<String, INDArray> arrays) {
    Safetensors.Contents contents = WeightsFile.read(GoldenFiles.find(name));
    assertThat(contents.metadata()).isEqualTo(GoldenFiles.METADATA);
    assertSame(contents.arrays(), arrays);
  }

  static List<Arguments> weights() {
    return List.of(
        Arguments.of("single.safetensors", GoldenFiles.singleWeights()),
        Arguments.of("several.safetensors", GoldenFiles.severalWeights()),
        Arguments.of("no-codes.safetensors", GoldenFiles.weightsWithoutCodes()));
  }

  @Test
  void a_checkpoint_is_read() {
    Checkpoint expected = GoldenFiles.checkpoint();
    Checkpoint read = new CheckpointFolder(GoldenFiles.find(GoldenFiles.CHECKPOINT)).read();
    assertThat(read.step()).isEqualTo(expected.step());
    assertThat(read.random()).isEqualTo(expected.random());
    assertThat(read.counters()).isEqualTo(expected.counters());
    assertSame(read.parameters(), expected.parameters());
    assertSame(read.optimizer(), expected.optimizer());
  }

  private static void assertSame(Map<String, INDArray> read, Map<String, INDArray> expected) {
    assertThat(read).containsOnlyKeys(expected.keySet());
    expected.forEach((name, array) -> assertThatArray(read.get(name)).isEqualToArray(array));
  }

  @ParameterizedTest
  @MethodSource("org.vqvae.core.store.GoldenFiles#names")
  void the_same_content_gives_the_same_bytes(String name) throws IOException {
    Path golden = GoldenFiles.find(name);
    Path written = GoldenFiles.write(name, folder);
    assertThat(files(written)).isEqualTo(files(golden)).isNotEmpty();
    for (String file : files(golden)) {
      assertThat(written.resolve(file)).hasSameBinaryContentAs(golden.resolve(file));
    }
  }

  /** The files below a path; the path itself is "" if it is a file. */
  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).map(file -> below(root, file)).sorted().toList();
    }
  }

  private static String below(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  @Test
  void every_golden_file_is_one_that_is_tested() throws IOException {
    Path root = GoldenFiles.find("");
    List<String> names = GoldenFiles.names().toList();
    try (Stream<Path> all = Files.walk(root)) {
      assertThat(all.filter(Files::isRegularFile).map(file -> below(root, file)))
          .allMatch(file -> names.stream().anyMatch(file::startsWith));
    }
  }
}
