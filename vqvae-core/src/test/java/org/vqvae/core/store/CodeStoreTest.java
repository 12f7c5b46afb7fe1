package org.vqvae.core.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Grid;
import org.vqvae.core.data.Split;
import org.vqvae.core.random.RandomStream;

class CodeStoreTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "512, 64, 9, 10",
    "512, 7, 5, 3",
    "500, 3, 40, 0",
    "2, 1, 1000, 1",
    "1, 4, 3, 2",
    "1000003, 2, 2, 2"
  })
  void codes_and_labels_come_back(int codebookSize, int positions, int examples, int classes) {
    // Given
    CodeStoreInfo info = info(codebookSize, examples, classes, positions);
    int[][] codes = codes(info);
    // When
    write(info, codes);
    CodeStore store = CodeStore.open(file(), "autoencoder-1");
    // Then
    assertThat(store.info()).isEqualTo(info);
    assertThat(store.size()).isEqualTo(examples);
    for (int i = 0; i < examples; i++) {
      assertThat(read(store, i)).containsExactly(codes[i]);
      assertThat(store.label(i)).isEqualTo(label(info, i));
    }
  }

  @Test
  void the_file_is_its_header_and_the_packed_bits() throws IOException {
    // Given 7 examples of 3 codes of 9 bits: 189 bits; 7 labels of 4 bits: 28 bits
    CodeStoreInfo info = info(512, 7, 10, 3);
    // When
    write(info, codes(info));
    // Then
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file())).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.capacity()).isEqualTo(bytes.getInt(12) + 24 + 4);
    assertThat(folder.toFile().list()).containsExactly("train.codes");
  }

  @Test
  void the_format_does_not_change_unnoticed() throws IOException {
    // Given
    CodeStoreInfo info = info(8, 1, 0, 3);
    // When
    write(info, new int[][] {{5, 3, 6}});
    // Then
    String description =
        "{\"codebook-size\":8,\"bits\":3,\"grid\":[3],\"examples\":1,\"split\":\"train\",\"classes\":0,"
            + "\"autoencoder\":\"autoencoder-1\",\"data\":\"data-1\"}";
    byte[] bytes = Files.readAllBytes(file());
    assertThat(new String(bytes, 0, 8, US_ASCII)).isEqualTo("VQCODES\n");
    assertThat(new String(bytes, 32, description.length(), US_ASCII)).isEqualTo(description);
    assertThat(HexFormat.of().formatHex(bytes, bytes.length - 2, bytes.length)).isEqualTo("9d01");
  }

  @Test
  void stores_of_many_blocks_are_read_from_any_thread() throws Exception {
    // Given more than two blocks
    CodeStoreInfo info = info(512, 40_000, 10, 64);
    int[][] codes = codes(info);
    write(info, codes);
    CodeStore store = CodeStore.open(file());
    // When
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Boolean> reader =
          () ->
              IntStream.range(0, codes.length)
                  .allMatch(i -> Arrays.equals(read(store, i), codes[i]));
      // Then
      for (Future<Boolean> each : threads.invokeAll(List.of(reader, reader, reader, reader))) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void damage_in_a_later_block_is_located() throws IOException {
    // Given
    CodeStoreInfo info = info(512, 40_000, 0, 64);
    write(info, codes(info));
    byte[] bytes = Files.readAllBytes(file());
    int header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    bytes[header + (1 << 20) + 5] ^= 1;
    Files.write(file(), bytes);
    // Then
    assertThatThrownBy(() -> CodeStore.open(file()))
        .hasMessage(
            damaged(
                "bytes %d to %d do not match their checksum"
                    .formatted(header + (1 << 20), header + (2 << 20))));
  }

  @Test
  void codes_of_another_autoencoder_are_refused() {
    CodeStoreInfo info = info(8, 2, 0, 3);
    write(info, codes(info));
    assertThatThrownBy(() -> CodeStore.open(file(), "autoencoder-2"))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            file()
                + ": these codes were made by autoencoder autoencoder-1 but this one is"
                + " autoencoder-2; extract the codes again");
  }

  @Nested
  class Damage {

    @Test
    void every_changed_byte_is_detected() throws IOException {
      CodeStoreInfo info = info(512, 7, 10, 3);
      write(info, codes(info));
      byte[] whole = Files.readAllBytes(file());
      for (int i = 0; i < whole.length; i++) {
        byte[] changed = whole.clone();
        changed[i] ^= (byte) (1 << i % 8);
        Files.write(file(), changed);
        assertThatThrownBy(() -> CodeStore.open(file()))
            .as("byte %d", i)
            .isInstanceOf(StoreException.class)
            .hasMessageStartingWith(file() + ": damaged or not a code store: ");
      }
    }

    @Test
    void every_truncation_is_detected() throws IOException {
      CodeStoreInfo info = info(512, 7, 10, 3);
      write(info, codes(info));
      byte[] whole = Files.readAllBytes(file());
      for (int length = 0; length < whole.length; length++) {
        Files.write(file(), Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> CodeStore.open(file()))
            .as("%d bytes", length)
            .isInstanceOf(StoreException.class)
            .hasMessageStartingWith(file() + ": damaged or not a code store: ");
      }
      Files.write(file(), Arrays.copyOf(whole, whole.length + 1));
      assertThatThrownBy(() -> CodeStore.open(file()))
          .hasMessage(
              damaged("it has %d bytes instead of %d".formatted(whole.length + 1, whole.length)));
    }

    @Test
    void what_is_wrong_is_said() throws IOException {
      Files.write(file(), new byte[10]);
      assertThatThrownBy(() -> CodeStore.open(file()))
          .hasMessage(damaged("it has 10 bytes but a header needs 32"));
      Files.write(file(), new byte[100]);
      assertThatThrownBy(() -> CodeStore.open(file()))
          .hasMessage(damaged("it does not begin like one"));
    }

    @Test
    void a_missing_store_is_named() {
      assertThatThrownBy(() -> CodeStore.open(file()))
          .hasMessage(file() + ": there is no such code store; extract the codes first");
    }
  }

  @Nested
  class Interruption {

    @Test
    void a_writer_that_was_killed_leaves_no_store() {
      // Given a writer that nobody closes
      CodeStoreInfo info = info(512, 7, 10, 3);
      CodeStoreWriter killed = CodeStoreWriter.create(file(), info);
      killed.append(codes(info)[0], 0, 0);
      // Then
      assertThatThrownBy(() -> CodeStore.open(file()))
          .hasMessage(
              file()
                  + ": was not finished: the program stopped while it was written; extract the"
                  + " codes again");
    }

    @Test
    void an_unfinished_file_says_so_under_any_name() throws IOException {
      // Given
      CodeStoreInfo info = info(512, 7, 10, 3);
      CodeStoreWriter killed = CodeStoreWriter.create(file(), info);
      killed.append(codes(info)[0], 0, 0);
      // When
      Files.move(CodeStoreWriter.unfinished(file()), file());
      // Then
      assertThatThrownBy(() -> CodeStore.open(file()))
          .hasMessage(
              file()
                  + ": was not finished: the program stopped before all 7 examples were written;"
                  + " extract the codes again");
    }

    @Test
    void the_old_store_stays_until_the_new_one_is_whole() {
      // Given
      CodeStoreInfo info = info(512, 7, 10, 3);
      int[][] codes = codes(info);
      write(info, codes);
      // When a second writer fails
      try (CodeStoreWriter second = CodeStoreWriter.create(file(), info)) {
        second.append(codes[1], 0, 1);
      }
      // Then
      assertThat(read(CodeStore.open(file()), 0)).containsExactly(codes[0]);
      assertThat(folder.toFile().list()).containsExactly("train.codes");
    }

    @Test
    void a_writer_can_begin_again_after_a_kill() {
      CodeStoreInfo info = info(512, 7, 10, 3);
      CodeStoreWriter.create(file(), info).append(codes(info)[0], 0, 0);
      write(info, codes(info));
      assertThat(CodeStore.open(file()).size()).isEqualTo(7);
    }
  }

  @Nested
  class Writing {

    @Test
    void examples_that_are_missing_or_too_many_are_refused() {
      CodeStoreInfo info = info(8, 2, 0, 3);
      try (CodeStoreWriter writer = CodeStoreWriter.create(file(), info)) {
        writer.append(new int[3], 0, -1);
        assertThatThrownBy(writer::finish)
            .hasMessage(file() + ": 1 examples were appended but 2 were announced");
        writer.append(new int[3], 0, -1);
        assertThatThrownBy(() -> writer.append(new int[3], 0, -1))
            .hasMessage(file() + ": all 2 examples are there");
      }
    }

    @Test
    void codes_and_labels_out_of_range_are_refused() {
      CodeStoreInfo info = info(5, 2, 2, 3);
      try (CodeStoreWriter writer = CodeStoreWriter.create(file(), info)) {
        assertThatThrownBy(() -> writer.append(new int[] {0, 5, 0}, 0, 0))
            .hasMessage("example 0, position 1: code 5 is not in 0..4");
        assertThatThrownBy(() -> writer.append(new int[] {0, 0, -1}, 0, 0))
            .hasMessage("example 0, position 2: code -1 is not in 0..4");
        assertThatThrownBy(() -> writer.append(new int[3], 0, 2))
            .hasMessage("example 0: label 2, but there are 2 classes");
        assertThatThrownBy(() -> writer.append(new int[3], 0, -1))
            .hasMessage("example 0: label -1, but there are 2 classes");
      }
    }

    @Test
    void a_batch_is_appended_by_offset() {
      CodeStoreInfo info = info(8, 2, 0, 3);
      int[] batch = {1, 2, 3, 4, 5, 6};
      try (CodeStoreWriter writer = CodeStoreWriter.create(file(), info)) {
        writer.append(batch, 0, -1);
        writer.append(batch, 3, -1);
        writer.finish();
      }
      assertThat(read(CodeStore.open(file()), 1)).containsExactly(4, 5, 6);
    }

    @Test
    void reading_beyond_the_end_is_refused() {
      CodeStoreInfo info = info(8, 2, 0, 3);
      write(info, codes(info));
      CodeStore store = CodeStore.open(file());
      assertThatThrownBy(() -> store.codes(2, new int[3], 0))
          .hasMessage(file() + ": example 2 of 2");
      assertThatThrownBy(() -> store.label(-1)).hasMessage(file() + ": example -1 of 2");
    }

    @Test
    void a_place_that_cannot_be_written_is_named() throws IOException {
      Path plain = Files.writeString(folder.resolve("plain"), "x");
      assertThatThrownBy(
              () -> CodeStoreWriter.create(plain.resolve("train.codes"), info(8, 2, 0, 3)))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith(plain.resolve("train.codes") + ": cannot be written (");
    }
  }

  private Path file() {
    return folder.resolve("train.codes");
  }

  private String damaged(String what) {
    return file() + ": damaged or not a code store: " + what + "; extract the codes again";
  }

  private static CodeStoreInfo info(int codebookSize, int examples, int classes, int... grid) {
    return new CodeStoreInfo(
        new CodeSpace(codebookSize, new Grid(grid)),
        examples,
        Split.TRAIN,
        classes,
        "autoencoder-1",
        "data-1");
  }

  private static int[][] codes(CodeStoreInfo info) {
    RandomStream random = RandomStream.of(1, "codes");
    int[][] codes = new int[info.examples()][info.space().positions()];
    for (int[] each : codes) {
      Arrays.setAll(each, i -> random.nextInt(info.space().codebookSize()));
    }
    return codes;
  }

  private static int label(CodeStoreInfo info, int index) {
    return info.classes() == 0 ? -1 : index % info.classes();
  }

  private void write(CodeStoreInfo info, int[][] codes) {
    try (CodeStoreWriter writer = CodeStoreWriter.create(file(), info)) {
      for (int i = 0; i < codes.length; i++) {
        writer.append(codes[i], 0, label(info, i));
      }
      writer.finish();
    }
  }

  private static int[] read(CodeStore store, int index) {
    int[] codes = new int[store.info().space().positions()];
    store.codes(index, codes, 0);
    return codes;
  }
}
