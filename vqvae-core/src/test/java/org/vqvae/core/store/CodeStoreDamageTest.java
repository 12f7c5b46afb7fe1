package org.vqvae.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.store.TinyStores.codes;
import static org.vqvae.core.store.TinyStores.info;
import static org.vqvae.core.store.TinyStores.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;

/** Code stores that were changed after they were written, or that no writer wrote. */
class CodeStoreDamageTest {
  @TempDir Path folder;

  @Test
  void every_changed_byte_is_detected() throws IOException {
    CodeStoreInfo info = info(512, 7, 10, 3);
    write(file(), info, codes(info));
    byte[] whole = Files.readAllBytes(file());
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 << i % 8);
      Files.write(file(), changed);
      assertThatThrownBy(() -> CodeStore.open(file()))
          .as("byte %d", i)
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith(file() + ": ");
    }
  }

  @Test
  void a_store_of_the_former_format_names_the_builds_that_read_it() throws IOException {
    CodeStoreInfo info = info(512, 7, 10, 3);
    write(file(), info, codes(info));
    byte[] bytes = Files.readAllBytes(file());
    bytes[8] = 1;
    Files.write(file(), bytes);
    assertThatThrownBy(() -> CodeStore.open(file()))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            file()
                + ": has format 1, which builds up to commit 5470d82 read, but this build reads"
                + " format 2; repeat the command that wrote it, or read it with such a build");
  }

  @Test
  void a_code_that_there_is_not_is_told_even_if_the_checksums_are_right() throws IOException {
    // Given K = 5, whose codes have 3 bits, and the codes 5, 3, 6
    CodeStoreInfo info = info(5, 1, 0, 3);
    write(file(), info, Codes.of(info.shape(), 4, 3, 1));
    forge("9d01");
    // Then
    CodeStore store = CodeStore.open(file());
    assertThatThrownBy(() -> store.codes(0))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            file()
                + ": among the examples that were read: example 0, map \"codes\", position 0:"
                + " code 5 is not in 0..4; extract the codes again");
  }

  @Test
  void a_label_that_there_is_not_is_told_even_if_the_checksums_are_right() throws IOException {
    // Given 3 classes, whose labels have 2 bits, and the labels 1, 3
    CodeStoreInfo info = info(1, 2, 3, 1);
    write(file(), info, codes(info));
    forge("0d");
    // Then
    CodeStore store = CodeStore.open(file());
    assertThat(store.condition(0)).isEqualTo(Condition.ofLabels(1));
    assertThatThrownBy(() -> store.condition(0, 1))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            file()
                + ": among the examples that were read: label 1 is 3: it must be in 0..2; extract"
                + " the codes again");
  }

  /** Replaces the payload, which has one block, and puts the checksums right. */
  private void forge(String payload) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file())).order(ByteOrder.LITTLE_ENDIAN);
    byte[] forged = HexFormat.of().parseHex(payload);
    int header = bytes.getInt(12);
    bytes.put(header, forged);
    bytes.putInt(32 + bytes.getInt(24), CodeStoreHeader.crc(ByteBuffer.wrap(forged)));
    bytes.putInt(16, 0);
    bytes.putInt(16, CodeStoreHeader.crc(bytes.slice(0, header)));
    Files.write(file(), bytes.array());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("impossibleDescriptions")
  void an_impossible_description_is_refused(String name, String from, String to, String message) {
    String json = info(8, 2, 0, 3).json();
    assertThat(json).contains(from);
    assertThatThrownBy(() -> CodeStoreInfo.parse(json.replace(from, to), "a.codes"))
        .isInstanceOf(StoreException.class)
        .hasMessage("a.codes: " + message);
  }

  @Test
  void every_truncation_is_detected() throws IOException {
    CodeStoreInfo info = info(512, 7, 10, 3);
    write(file(), info, codes(info));
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

  @Test
  void damage_in_a_later_block_is_located() throws IOException {
    // Given
    CodeStoreInfo info = info(512, 40_000, 0, 64);
    write(file(), info, codes(info));
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

  static List<Arguments> impossibleDescriptions() {
    return List.of(
        Arguments.of(
            "no maps", "\"maps\"", "\"none\"", "\"maps\" must be a list of objects but is missing"),
        Arguments.of(
            "a map that is a number",
            "[{\"name\":\"codes\",\"grid\":[3],\"codebook-sizes\":[8]}]",
            "[7]",
            "\"maps\": expected a JSON object but was 7"),
        Arguments.of(
            "a codebook of nothing",
            "[8]",
            "[0]",
            "\"maps\": \"codebook-sizes\" must be a list of whole numbers, each at least 1 but was"
                + " [0]"),
        Arguments.of(
            "no codebooks",
            "[8]",
            "[]",
            "describes an impossible store (a map needs one or more codebooks of at least 1 entry"
                + " but has [])"),
        Arguments.of(
            "a codebook that an int cannot count",
            "[8]",
            "[4294967296]",
            "describes an impossible store (integer overflow)"),
        Arguments.of(
            "a grid that an int cannot count",
            "[3]",
            "[65536,65536]",
            "describes an impossible store (integer overflow)"),
        Arguments.of(
            "a grid of nine dimensions",
            "[3]",
            "[1,1,1,1,1,1,1,1,1]",
            "describes an impossible store (grid of rank 9)"),
        Arguments.of(
            "another split",
            "train",
            "rest",
            "describes an impossible store (No enum constant org.vqvae.core.data.Split.REST)"),
        Arguments.of(
            "no examples",
            "\"examples\":2",
            "\"examples\":0",
            "\"examples\" must be a whole number from 1 to 2147483647 but was 0"),
        Arguments.of(
            "a format to come",
            "\"format\":2",
            "\"format\":3",
            "has format 3, which another build wrote, but this build reads format 2; repeat the"
                + " command that wrote it, or read it with such a build"));
  }

  private Path file() {
    return folder.resolve("train.codes");
  }

  private String damaged(String what) {
    return file() + ": damaged or not a code store: " + what + "; extract the codes again";
  }
}
