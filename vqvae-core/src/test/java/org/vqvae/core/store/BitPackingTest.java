package org.vqvae.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Grid;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.testing.RandomCodes;

class BitPackingTest {

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "2, 1",
    "3, 2",
    "4, 2",
    "5, 3",
    "512, 9",
    "513, 10",
    "1024, 10",
    "2147483647, 31"
  })
  void a_code_takes_the_bits_that_its_codebook_needs(int codebookSize, int bits) {
    assertThat(BitPacking.bitsFor(codebookSize)).isEqualTo(bits);
  }

  @Test
  void bits_follow_each_other_from_the_least_significant_on() {
    // 5 = 101, 3 = 011, 6 = 110: the stream 1 0 1 1 1 0 0 1 | 1
    assertThat(BitPacking.pack(new int[] {5, 3, 6}, 3)).containsExactly(0b10011101, 0b1);
    assertThat(BitPacking.pack(new int[] {0x1FF, 0}, 9)).containsExactly(0xFF, 0x01, 0x00);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 10, 13, 16, 17, 24, 25, 30, 31})
  void codes_come_back_from_any_place(int bits) {
    // Given
    RandomStream random = RandomStream.of(bits, "codes");
    int[] codes = new int[100];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (int) (random.nextLong() & ((1L << bits) - 1));
    }
    ByteBuffer packed = ByteBuffer.wrap(BitPacking.pack(codes, bits));
    assertThat(packed.capacity()).isEqualTo((100 * bits + 7) / 8);
    for (int from = 0; from < codes.length; from++) {
      // When
      int[] back = new int[codes.length];
      int[] widths = new int[codes.length - from];
      Arrays.fill(widths, bits);
      BitPacking.unpack(packed, (long) from * bits, back, from, widths);
      // Then
      for (int i = from; i < codes.length; i++) {
        assertThat(back[i]).isEqualTo(codes[i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void codes_of_unequal_codebooks_come_back(long seed) {
    // Given
    RandomStream random = RandomStream.of(seed, "codes");
    CodeShape shape = RandomCodes.shape(random);
    int[] widths = BitPacking.widths(shape);
    int[] codes = RandomCodes.of(shape, 3, random).values();
    // When
    byte[] packed = BitPacking.pack(codes, widths);
    int[] back = new int[codes.length];
    for (int n = 0; n < 3; n++) {
      long firstBit = n * BitPacking.bitsFor(shape);
      BitPacking.unpack(ByteBuffer.wrap(packed), firstBit, back, n * widths.length, widths);
    }
    // Then
    assertThat(back).containsExactly(codes);
    assertThat(packed).hasSize((int) BitPacking.bytesFor(3, BitPacking.bitsFor(shape)));
  }

  @Test
  void each_code_takes_the_bits_of_its_own_codebook() {
    CodeShape shape =
        new CodeShape(
            List.of(
                new CodeMap("top", new Grid(1), List.of(2)),
                new CodeMap("bottom", new Grid(2), List.of(512, 5))));
    assertThat(BitPacking.widths(shape)).containsExactly(1, 9, 3, 9, 3);
    assertThat(BitPacking.bitsFor(shape)).isEqualTo(25);
  }

  @Test
  void a_code_that_does_not_fit_is_refused() {
    assertThatThrownBy(() -> BitPacking.pack(new int[] {8}, 3))
        .hasMessage("code 8 does not fit into 3 bits");
    assertThatThrownBy(() -> BitPacking.pack(new int[] {-1}, 3))
        .hasMessage("code -1 does not fit into 3 bits");
    assertThatThrownBy(() -> BitPacking.pack(new int[] {1}, 32))
        .hasMessage("bits must be 0 to 31 but was 32");
    assertThatThrownBy(() -> BitPacking.bitsFor(0))
        .hasMessage("codebookSize must be at least 1 but was 0");
  }
}
