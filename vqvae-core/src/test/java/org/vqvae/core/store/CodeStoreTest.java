package org.vqvae.core.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.store.TinyStores.codes;
import static org.vqvae.core.store.TinyStores.info;
import static org.vqvae.core.store.TinyStores.labels;
import static org.vqvae.core.store.TinyStores.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Grid;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.testing.RandomCodes;

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
    comesBack(info(CodeShape.of(new Grid(positions), codebookSize), examples, classes), 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void codes_of_any_shape_come_back(long seed) {
    RandomStream random = RandomStream.of(seed, "shape");
    CodeShape shape = RandomCodes.shape(random);
    comesBack(info(shape, 1 + random.nextInt(30), random.nextInt(4)), seed);
  }

  private void comesBack(CodeStoreInfo info, long seed) {
    // Given
    Codes codes = RandomCodes.of(info.shape(), info.examples(), RandomStream.of(seed, "codes"));
    // When
    write(file(), info, codes);
    CodeStore store = CodeStore.open(file(), "autoencoder-1");
    // Then
    assertThat(store.info()).isEqualTo(info);
    assertThat(store.size()).isEqualTo(info.examples());
    int[] all = IntStream.range(0, info.examples()).toArray();
    assertThat(store.codes(all)).isEqualTo(codes);
    assertThat(store.condition(all)).isEqualTo(labels(info, all));
    for (int i : all) {
      assertThat(store.codes(i)).isEqualTo(codes.examples(i, i + 1));
      assertThat(store.condition(i)).isEqualTo(labels(info, i));
    }
  }

  @Test
  void examples_are_read_in_the_order_that_they_are_asked_for() {
    CodeStoreInfo info = info(512, 9, 10, 3);
    Codes codes = codes(info);
    write(file(), info, codes);
    CodeStore store = CodeStore.open(file());
    assertThat(store.codes(7, 0, 7))
        .isEqualTo(
            Codes.concat(
                List.of(codes.examples(7, 8), codes.examples(0, 1), codes.examples(7, 8))));
    assertThat(store.condition(7, 0, 7)).isEqualTo(Condition.ofLabels(7, 0, 7));
  }

  @Test
  void the_file_is_its_header_and_the_packed_bits() throws IOException {
    // Given 7 examples of 3 codes of 9 bits: 189 bits; 7 labels of 4 bits: 28 bits
    CodeStoreInfo info = info(512, 7, 10, 3);
    // When
    write(file(), info, codes(info));
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
    write(file(), info, Codes.of(info.shape(), 5, 3, 6));
    // Then
    String description =
        "{\"format\":2,\"maps\":[{\"name\":\"codes\",\"grid\":[3],\"codebook-sizes\":[8]}],\"examples\":1,"
            + "\"split\":\"train\",\"classes\":0,\"autoencoder\":\"autoencoder-1\",\"data\":\"data-1\"}";
    byte[] bytes = Files.readAllBytes(file());
    assertThat(new String(bytes, 0, 8, US_ASCII)).isEqualTo("VQCODES\n");
    assertThat(bytes[8]).isEqualTo((byte) 2);
    assertThat(new String(bytes, 32, description.length(), US_ASCII)).isEqualTo(description);
    assertThat(HexFormat.of().formatHex(bytes, bytes.length - 2, bytes.length)).isEqualTo("9d01");
  }

  @Test
  void stores_of_many_blocks_are_read_from_any_thread() throws Exception {
    // Given more than two blocks
    CodeStoreInfo info = info(512, 40_000, 10, 64);
    Codes codes = codes(info);
    write(file(), info, codes);
    CodeStore store = CodeStore.open(file());
    // When
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Boolean> reader =
          () ->
              IntStream.range(0, 40_000)
                  .allMatch(i -> store.codes(i).equals(codes.examples(i, i + 1)));
      // Then
      for (Future<Boolean> each : threads.invokeAll(List.of(reader, reader, reader, reader))) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void codes_of_another_autoencoder_are_refused() {
    CodeStoreInfo info = info(8, 2, 0, 3);
    write(file(), info, codes(info));
    assertThatThrownBy(() -> CodeStore.open(file(), "autoencoder-2"))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            file()
                + ": these codes were made by autoencoder autoencoder-1 but this one is"
                + " autoencoder-2; extract the codes again");
  }

  @Nested
  class Interruption {

    @Test
    void a_writer_that_was_killed_leaves_no_store() {
      // Given a writer that nobody closes
      CodeStoreInfo info = info(512, 7, 10, 3);
      CodeStoreWriter killed = CodeStoreWriter.create(file(), info);
      killed.append(codes(info).examples(0, 1), Condition.ofLabels(0));
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
      killed.append(codes(info).examples(0, 1), Condition.ofLabels(0));
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
      Codes codes = codes(info);
      write(file(), info, codes);
      // When a second writer fails
      try (CodeStoreWriter second = CodeStoreWriter.create(file(), info)) {
        second.append(codes.examples(1, 2), Condition.ofLabels(1));
      }
      // Then
      assertThat(CodeStore.open(file()).codes(0)).isEqualTo(codes.examples(0, 1));
      assertThat(folder.toFile().list()).containsExactly("train.codes");
    }

    @Test
    void a_writer_can_begin_again_after_a_kill() {
      CodeStoreInfo info = info(512, 7, 10, 3);
      CodeStoreWriter.create(file(), info)
          .append(codes(info).examples(0, 1), Condition.ofLabels(0));
      write(file(), info, codes(info));
      assertThat(CodeStore.open(file()).size()).isEqualTo(7);
    }
  }

  private Path file() {
    return folder.resolve("train.codes");
  }
}
