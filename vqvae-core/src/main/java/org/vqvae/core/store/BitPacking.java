package org.vqvae.core.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Codes as a stream of bits without gaps: code i is bits i x b to (i + 1) x b - 1, and bit j is bit
 * (j mod 8), the least significant first, of byte j / 8. Unused bits of the last byte are zero.
 */
public final class BitPacking {
  private static final int LARGEST = 31;

  private BitPacking() {}

  /** ceil(log2 K): the bits of a code in 0..K-1. */
  public static int bitsFor(int codebookSize) {
    if (codebookSize < 1) {
      throw new IllegalArgumentException("codebookSize must be at least 1 but was " + codebookSize);
    }
    return Integer.SIZE - Integer.numberOfLeadingZeros(codebookSize - 1);
  }

  /** The bytes of that many codes. */
  public static long bytesFor(long count, int bits) {
    checkBits(bits);
    return Math.addExact(Math.multiplyExact(count, (long) bits), 7) / 8;
  }

  /** Packs codes of {@code bits} bits each. */
  public static byte[] pack(int[] codes, int bits) {
    ByteBuffer packed = ByteBuffer.allocate(Math.toIntExact(bytesFor(codes.length, bits)));
    Packer packer = new Packer(packed::put);
    for (int code : codes) {
      packer.put(code, bits);
    }
    packer.pad();
    return packed.array();
  }

  /**
   * Reads {@code count} codes into {@code into[offset...]}.
   *
   * @param packed read by absolute position; its position and byte order do not matter and are left
   *     as they are
   * @param firstBit where the first of them begins, from the buffer's index 0
   */
  public static void unpack(
      ByteBuffer packed, long firstBit, int bits, int[] into, int offset, int count) {
    checkBits(bits);
    ByteBuffer source = packed.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long mask = (1L << bits) - 1;
    int lastWord = source.limit() - Long.BYTES;
    long bit = firstBit;
    for (int i = offset; i < offset + count; i++, bit += bits) {
      int at = Math.toIntExact(bit >>> 3);
      long word = at <= lastWord ? source.getLong(at) : tail(source, at);
      into[i] = (int) (word >>> (bit & 7) & mask);
    }
  }

  /** The word at the end of a buffer that has fewer than eight bytes left. */
  private static long tail(ByteBuffer source, int at) {
    long word = 0;
    for (int i = source.limit() - 1; i >= at; i--) {
      word = (word << 8) | (source.get(i) & 0xFF);
    }
    return word;
  }

  private static void checkBits(int bits) {
    if (bits < 0 || bits > LARGEST) {
      throw new IllegalArgumentException(
          "bits must be 0 to %d but was %d".formatted(LARGEST, bits));
    }
  }

  /** Takes packed bytes. */
  @FunctionalInterface
  public interface Sink {
    void put(byte packed);
  }

  /** Packs codes one by one. */
  public static final class Packer {
    private final Sink sink;
    private long pending;
    private int pendingBits;

    public Packer(Sink sink) {
      this.sink = sink;
    }

    /** Appends a code; it must be in 0..2^bits-1. */
    public void put(int code, int bits) {
      checkBits(bits);
      if (code < 0 || (long) code >> bits != 0) {
        throw new IllegalArgumentException(
            "code %d does not fit into %d bits".formatted(code, bits));
      }
      pending |= (long) code << pendingBits;
      for (pendingBits += bits; pendingBits >= Byte.SIZE; pendingBits -= Byte.SIZE) {
        sink.put((byte) pending);
        pending >>>= Byte.SIZE;
      }
    }

    /** Fills the last byte with zero bits, if one was begun. */
    public void pad() {
      if (pendingBits > 0) {
        put(0, Byte.SIZE - pendingBits);
      }
    }
  }
}
