package org.vqvae.core.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;

/**
 * Codes as a stream of bits without gaps: each code takes as many bits as its codebook needs, and
 * bit j of the stream is bit (j mod 8), the least significant first, of byte j / 8. Unused bits of
 * the last byte are zero.
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

  /** The bits of the codes of one example. */
  public static long bitsFor(CodeShape shape) {
    return shape.maps().stream()
        .mapToLong(map -> Math.multiplyExact((long) map.positions(), bitsOfPosition(map)))
        .reduce(0, Math::addExact);
  }

  private static long bitsOfPosition(CodeMap map) {
    return map.codebookSizes().stream().mapToLong(BitPacking::bitsFor).sum();
  }

  /** The bits of each code of an example, in the order of the codes. */
  public static int[] widths(CodeShape shape) {
    int[] widths = new int[shape.codes()];
    int at = 0;
    for (CodeMap map : shape.maps()) {
      int[] each = map.codebookSizes().stream().mapToInt(BitPacking::bitsFor).toArray();
      for (int position = 0; position < map.positions(); position++, at += each.length) {
        System.arraycopy(each, 0, widths, at, each.length);
      }
    }
    return widths;
  }

  /** The bytes of that many times that many bits. */
  public static long bytesFor(long count, long bits) {
    return Math.addExact(Math.multiplyExact(count, bits), 7) / 8;
  }

  /**
   * Packs codes.
   *
   * @param widths the bits of each; fewer than there are codes begin anew
   */
  public static byte[] pack(int[] codes, int... widths) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Packer packer = new Packer(packed::write);
    packer.put(codes, widths);
    packer.pad();
    return packed.toByteArray();
  }

  /**
   * Reads one code for each of the widths into {@code into[offset...]}.
   *
   * @param packed read by absolute position; its position and byte order do not matter and are left
   *     as they are
   * @param firstBit where the first of them begins, from the buffer's index 0
   * @param widths the bits of each, 0 to 31
   */
  public static void unpack(
      ByteBuffer packed, long firstBit, int[] into, int offset, int... widths) {
    ByteBuffer source = packed.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int lastWord = source.limit() - Long.BYTES;
    long bit = firstBit;
    for (int i = 0; i < widths.length; i++) {
      int at = Math.toIntExact(bit >>> 3);
      long word = at <= lastWord ? source.getLong(at) : tail(source, at);
      long mask = (1L << widths[i]) - 1;
      into[offset + i] = (int) (word >>> (bit & 7) & mask);
      bit += widths[i];
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

    /**
     * Appends codes.
     *
     * @param widths the bits of each; fewer than there are codes begin anew
     */
    public void put(int[] codes, int... widths) {
      int next = 0;
      for (int code : codes) {
        put(code, widths[next]);
        next = next + 1 == widths.length ? 0 : next + 1;
      }
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
