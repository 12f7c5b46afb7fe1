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
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Grid;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.testing.RandomCodes;

class CodeFileTest {
  private static final String MODEL = "0123456789abcdef".repeat(4);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"512, 55", "500, 3", "2, 9", "1, 4", "1000003, 2", "2147483647, 5"})
  void codes_of_sound_come_back_from_a_file_of_the_size_that_the_header_states(
      int codebookSize, int positions) throws IOException {
    // Given
    int[] values = new int[positions];
    Arrays.setAll(values, i -> (int) (i * 7919L % codebookSize));
    values[0] = codebookSize - 1;
    Codes codes = Codes.of(CodeShape.of(new Grid(positions), codebookSize), values);
    CodeFile sound = new CodeFile(MODEL, codes, new Grid(positions * 64 - 5), 3);
    // When
    sound.write(file());
    // Then
    assertThat(CodeFile.read(file(), MODEL)).isEqualTo(sound);
    int bits = codebookSize == 1 ? 0 : 32 - Integer.numberOfLeadingZeros(codebookSize - 1);
    assertThat(Files.size(file()))
        .isEqualTo(sound.length())
        .isEqualTo(68 + (positions * bits + 7) / 8);
    assertThat(folder.toFile().list()).containsExactly("a.vqa");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void codes_of_any_shape_come_back_with_any_number_of_levels(long seed) throws IOException {
    // Given
    RandomStream random = RandomStream.of(seed, "codes");
    Codes codes = RandomCodes.of(RandomCodes.shape(random), 1, random);
    Grid original = new Grid(1 + random.nextInt(1000), 1 + random.nextInt(1000));
    for (int depth = 1; depth <= codes.shape().depth(); depth++) {
      CodeFile some = new CodeFile(MODEL, codes.truncated(depth), original, random.nextInt(9) - 1);
      // When
      some.write(file());
      // Then
      assertThat(CodeFile.read(file())).isEqualTo(some);
      assertThat(Files.size(file())).isEqualTo(some.length());
    }
  }

  @Test
  void the_class_is_a_condition() {
    assertThat(tiny().condition()).isEqualTo(Condition.ofLabels(2));
    assertThat(new CodeFile(MODEL, tiny().codes(), new Grid(192), -1).condition())
        .isEqualTo(Condition.NONE);
  }

  @Test
  void the_format_does_not_change_unnoticed() throws IOException {
    // Given a map of one codebook and one of two
    CodeShape shape =
        new CodeShape(
            List.of(
                new CodeMap("top", new Grid(1), List.of(8)),
                new CodeMap("b-2", new Grid(1, 2), List.of(4, 300))));
    // When
    new CodeFile(MODEL, Codes.of(shape, 5, 3, 257, 0, 2), new Grid(8, 11), 2).write(file());
    // Then
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(file())))
        .isEqualTo(
            "5651410a" // magic
                + "02020200" // format, maps, rank of the original
                + crcOf(Files.readAllBytes(file()))
                + "02000000" // label
                + MODEL
                + "080000000b000000" // of 8 x 11 pixels
                + "030101" // lengths of name, grid and codebooks
                + "746f70" // top
                + "0100000008000000" // 1 position, K
                + "030202"
                + "622d32" // b-2
                + "0100000002000000" // 1 x 2 positions
                + "040000002c010000" // K of both codebooks
                + "3d200200"); // 5 in 3 bits, 3 in 2, 257 in 9, 0 in 2, 2 in 9
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
    void every_truncation_is_detected() throws IOException {
      tiny().write(file());
      byte[] whole = Files.readAllBytes(file());
      for (int length = 0; length < whole.length; length++) {
        Files.write(file(), Arrays.copyOf(whole, length));
        refused(
            length < 48
                ? damaged("it ends within its header")
                : damaged("its content does not match its checksum"));
      }
      Files.write(file(), Arrays.copyOf(whole, whole.length + 1));
      refused(damaged("its content does not match its checksum"));
    }

    @Test
    void another_file_is_told() throws IOException {
      Files.write(file(), "RIFF....WAVEfmt ".getBytes(UTF_8));
      refused(damaged("it does not begin like one"));
    }

    /** Where a number is changed, and to what, with a checksum that is right. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
        delimiter = '|',
        value = {
          "far more codes than there are | 60 | ffffff7f | it has 70 bytes instead of 805306436",
          "no codebooks | 54 | 00 | a map needs one or more codebooks",
          "a grid of negative size | 60 | fdffffff | a grid needs positive sizes but was [-3]",
          "a grid of nine dimensions | 53 | 09 | a grid of rank 9",
          "no maps | 5 | 00 | codes need one or more maps",
          "a name that is none | 55 | 41 | a map's name has lower-case letters",
          "a code beyond its codebook | 64 | 06000000 | position 2: code 6 is not in 0..5",
          "a label below -1 | 12 | feffffff | label must be at least -1 but was -2",
          "an original without a size | 48 | 00000000 | a grid needs positive sizes but was [0]",
        })
    void a_forged_file_is_told(String name, int at, String bytes, String message)
        throws IOException {
      tiny().write(file());
      byte[] content = Files.readAllBytes(file());
      byte[] forged = HexFormat.of().parseHex(bytes);
      System.arraycopy(forged, 0, content, at, forged.length);
      System.arraycopy(HexFormat.of().parseHex(crcOf(content)), 0, content, 8, 4);
      Files.write(file(), content);
      assertThatThrownBy(() -> CodeFile.read(file()))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith(file() + ": damaged or not a .vqa file: ")
          .hasMessageContaining(message);
    }
  }

  @Test
  void the_former_format_is_refused_with_the_builds_that_read_it() throws IOException {
    // Given what a build before wrote: 3 codes of K = 8 with label 2, of 192 samples
    String former =
        "5651410a010101000000000008000000" + "02000000" + MODEL + "03000000c00000009d01";
    Files.write(file(), HexFormat.of().parseHex(former));
    refused(
        file()
            + ": has format 1, which builds up to commit 5470d82 read, but this build reads format"
            + " 2; repeat the command that wrote it, or read it with such a build");
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

  @ParameterizedTest(name = "{0}")
  @MethodSource("impossible")
  void impossible_content_is_refused(String name, ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  static List<Arguments> impossible() {
    Codes codes = tiny().codes();
    Codes two = Codes.of(codes.shape(), new int[6]);
    Codes deep = Codes.of(CodeShape.of(new Grid(1), Collections.nCopies(256, 2)), new int[256]);
    Grid grid = new Grid(9);
    return List.of(
        fault(
            "a short fingerprint",
            () -> new CodeFile("x", codes, grid, -1),
            "a fingerprint has 64 hexadecimal digits but was \"x\""),
        fault(
            "a label below -1",
            () -> new CodeFile(MODEL, codes, grid, -2),
            "label must be at least -1 but was -2"),
        fault(
            "two examples",
            () -> new CodeFile(MODEL, two, grid, -1),
            "a .vqa file has the codes of 1 example but there are 2"),
        fault(
            "256 levels",
            () -> new CodeFile(MODEL, deep, grid, -1),
            "a .vqa file has at most 255 codebooks but there are 256"),
        fault(
            "an original of nine dimensions",
            () -> new CodeFile(MODEL, codes, new Grid(1, 1, 1, 1, 1, 1, 1, 1, 1), -1),
            "a grid of rank 9"));
  }

  private static Arguments fault(String name, ThrowingCallable making, String message) {
    return Arguments.of(name, making, message);
  }

  /** 70 bytes: 52 up to the original's size, 16 of one map, 2 of codes. */
  private static CodeFile tiny() {
    return new CodeFile(MODEL, Codes.of(CodeShape.of(new Grid(3), 8), 5, 3, 6), new Grid(192), 2);
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
