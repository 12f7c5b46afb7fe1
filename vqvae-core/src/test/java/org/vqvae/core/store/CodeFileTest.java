package org.vqvae.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Grid;

class CodeFileTest {
  private static final String MODEL = "0123456789abcdef".repeat(4);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"512, 55", "500, 3", "2, 9", "1, 4", "1000003, 2", "2147483647, 5"})
  void codes_of_sound_come_back_from_a_file_of_the_size_that_the_header_states(
      int codebookSize, int positions) throws IOException {
    // Given
    int[] codes = new int[positions];
    Arrays.setAll(codes, i -> (int) (i * 7919L % codebookSize));
    codes[0] = codebookSize - 1;
    CodeFile sound =
        new CodeFile(
            MODEL,
            new CodeSpace(codebookSize, new Grid(positions)),
            new Grid(positions * 64 - 5),
            3,
            codes);
    // When
    sound.write(file());
    // Then
    assertThat(CodeFile.read(file(), MODEL)).isEqualTo(sound);
    int bits = codebookSize == 1 ? 0 : 32 - Integer.numberOfLeadingZeros(codebookSize - 1);
    assertThat(Files.size(file()))
        .isEqualTo(sound.length())
        .isEqualTo(60 + (positions * bits + 7) / 8);
    assertThat(folder.toFile().list()).containsExactly("a.vqa");
  }

  @Test
  void codes_of_a_picture_come_back() {
    CodeFile picture =
        new CodeFile(
            MODEL,
            new CodeSpace(128, new Grid(2, 3)),
            new Grid(8, 11),
            -1,
            new int[] {1, 2, 3, 4, 5, 127});
    picture.write(file());
    assertThat(CodeFile.read(file())).isEqualTo(picture);
    assertThat(picture.length()).isEqualTo(52 + 4 * 4 + 6);
  }

  @Test
  void the_format_does_not_change_unnoticed() throws IOException {
    tiny().write(file());
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(file())))
        .isEqualTo(
            "5651410a" // magic
                + "01010100" // version, ranks
                + crcOf(Files.readAllBytes(file()))
                + "08000000" // K
                + "02000000" // label
                + MODEL
                + "03000000" // 3 codes
                + "c0000000" // of 192 samples
                + "9d01"); // 5, 3, 6 in 3 bits each
  }

  @Nested
  class Damage {

    @Test
    void every_flipped_bit_is_detected() throws IOException {
      tiny().write(file());
      byte[] whole = Files.readAllBytes(file());
      for (int i = 0; i < whole.length * 8; i++) {
        byte[] changed = whole.clone();
        changed[i / 8] ^= (byte) (1 << i % 8);
        Files.write(file(), changed);
        assertThatThrownBy(() -> CodeFile.read(file()))
            .as("bit %d", i)
            .isInstanceOf(StoreException.class)
            .hasMessageStartingWith(file() + ": ");
      }
    }

    @Test
    void a_flipped_bit_of_the_codes_is_told() throws IOException {
      tiny().write(file());
      byte[] bytes = Files.readAllBytes(file());
      bytes[bytes.length - 1] ^= 1;
      Files.write(file(), bytes);
      refused(damaged("its content does not match its checksum"));
    }

    @Test
    void every_truncation_is_detected() throws IOException {
      tiny().write(file());
      byte[] whole = Files.readAllBytes(file());
      for (int length = 0; length < whole.length; length++) {
        Files.write(file(), Arrays.copyOf(whole, length));
        refused(
            length < 60
                ? damaged("it ends within its header")
                : damaged("it has " + length + " bytes instead of 62"));
      }
      Files.write(file(), Arrays.copyOf(whole, 63));
      refused(damaged("it has 63 bytes instead of 62"));
    }

    @Test
    void another_file_is_told() throws IOException {
      Files.write(file(), "RIFF....WAVEfmt ".getBytes(UTF_8));
      refused(damaged("it does not begin like one"));
    }

    @Test
    void a_header_that_promises_far_too_much_costs_no_memory() throws IOException {
      tiny().write(file());
      byte[] bytes = Files.readAllBytes(file());
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(52, Integer.MAX_VALUE);
      Files.write(file(), bytes);
      refused(damaged("it has 62 bytes instead of 805306428"));
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(52, -3);
      Files.write(file(), bytes);
      refused(damaged("its content is impossible: a grid needs positive sizes but was [-3]"));
    }

    @Test
    void a_code_that_there_is_not_is_told_even_if_the_checksum_is_right() throws IOException {
      // Given K = 5, whose codes have 3 bits, and the code 7
      new CodeFile(MODEL, new CodeSpace(5, new Grid(1)), new Grid(64), -1, new int[] {4})
          .write(file());
      byte[] bytes = Files.readAllBytes(file());
      bytes[60] = 7;
      System.arraycopy(HexFormat.of().parseHex(crcOf(bytes)), 0, bytes, 8, 4);
      Files.write(file(), bytes);
      refused(damaged("its content is impossible: position 0: code 7 is not in 0..4"));
    }
  }

  @Test
  void another_version_is_refused() throws IOException {
    tiny().write(file());
    byte[] bytes = Files.readAllBytes(file());
    bytes[4] = 2;
    Files.write(file(), bytes);
    refused(
        file()
            + ": is a .vqa file of version 2 but this program reads version 1; use the program that"
            + " wrote it, or encode the original again");
  }

  @Test
  void another_model_is_refused() {
    tiny().write(file());
    String other = "f".repeat(64);
    assertThatThrownBy(() -> CodeFile.read(file(), other))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "%s: was encoded by autoencoder %s but this run's is %s; decode it with the run that encoded it, or encode the original again"
                .formatted(file(), MODEL, other));
  }

  @Test
  void a_missing_file_is_named() {
    refused(
        file() + ": cannot be read (no such file or folder); check the path and its permissions");
  }

  @Test
  void a_file_that_cannot_be_written_leaves_nothing() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain"), "x");
    assertThatThrownBy(() -> tiny().write(plain.resolve("a.vqa")))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith(plain.resolve("a.vqa") + ": cannot be written (");
    assertThat(folder.toFile().list()).containsExactly("plain");
  }

  @Test
  void impossible_content_is_refused() {
    CodeSpace space = new CodeSpace(8, new Grid(2));
    assertThatThrownBy(() -> new CodeFile("x", space, new Grid(9), -1, new int[2]))
        .hasMessage("a fingerprint has 64 hexadecimal digits but was \"x\"");
    assertThatThrownBy(() -> new CodeFile(MODEL, space, new Grid(9), -2, new int[2]))
        .hasMessage("label must be at least -1 but was -2");
    assertThatThrownBy(() -> new CodeFile(MODEL, space, new Grid(9), -1, new int[3]))
        .hasMessage("3 codes, but a grid of 2 has 2");
    assertThatThrownBy(() -> new CodeFile(MODEL, space, new Grid(9), -1, new int[] {0, 8}))
        .hasMessage("position 1: code 8 is not in 0..7");
  }

  private static CodeFile tiny() {
    return new CodeFile(
        MODEL, new CodeSpace(8, new Grid(3)), new Grid(192), 2, new int[] {5, 3, 6});
  }

  private static String crcOf(byte[] file) {
    byte[] bytes = file.clone();
    Arrays.fill(bytes, 8, 12, (byte) 0);
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    ByteBuffer four = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    return HexFormat.of().formatHex(four.putInt((int) crc.getValue()).array());
  }

  private void refused(String message) {
    assertThatThrownBy(() -> CodeFile.read(file()))
        .isInstanceOf(StoreException.class)
        .hasMessage(message);
  }

  private String damaged(String what) {
    return file()
        + ": damaged or not a .vqa file: "
        + what
        + "; copy it again, or encode the original again";
  }

  private Path file() {
    return folder.resolve("a.vqa");
  }
}
