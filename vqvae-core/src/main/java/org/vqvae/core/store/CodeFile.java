package org.vqvae.core.store;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Grid;

/**
 * One picture or sound as codes: the content of a {@code .vqa} file.
 *
 * <p>The file is a header and the packed codes, and nothing else. Little-endian: magic {@code
 * VQA\n} (4 bytes), format, number of maps, rank of the original's grid, 0 (1 byte each), CRC-32C
 * of the file with this field zero (4), label (4), fingerprint of the autoencoder (32), the sizes
 * of the original's grid (4 each). Then of each map: the lengths of its name, grid and list of
 * codebooks (1 each), its name in ASCII, the sizes of its grid and codebooks (4 each). Then the
 * codes as {@link BitPacking} has them. So the header says how long the file is: one of sound, with
 * one codebook, has 68 bytes and ceil(codes x ceil(log2 K) / 8).
 *
 * @param autoencoder the {@link Fingerprint} of the autoencoder that made the codes
 * @param codes of one example; their shape may have fewer levels than the autoencoder
 * @param original the size of what was encoded: {@code [height, width]} in pixels, {@code [time]}
 *     in samples at the autoencoder's rate; padding is not counted
 * @param label its class; -1 for none
 */
public record CodeFile(String autoencoder, Codes codes, Grid original, int label) {
  private static final int MAGIC = 0x0A41_5156; // "VQA\n"
  private static final int CRC_AT = 8;
  private static final int FIXED = 48;
  private static final int FINGERPRINT = 32;

  public CodeFile {
    if (!autoencoder.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "a fingerprint has 64 hexadecimal digits but was \"" + autoencoder + "\"");
    }
    if (codes.examples() != 1) {
      throw new IllegalArgumentException(
          "a .vqa file has the codes of 1 example but there are " + codes.examples());
    }
    if (label < -1) {
      throw new IllegalArgumentException("label must be at least -1 but was " + label);
    }
    CodeShapeBytes.check(codes.shape());
    CodeShapeBytes.checkRank(original.rank());
  }

  /** The class; nothing if there is none. */
  public Condition condition() {
    return label < 0 ? Condition.NONE : Condition.ofLabels(label);
  }

  /** The bytes of the file. */
  public long length() {
    return length(codes.shape(), original);
  }

  private static long length(CodeShape shape, Grid original) {
    return FIXED
        + (long) original.rank() * Integer.BYTES
        + CodeShapeBytes.length(shape)
        + BitPacking.bytesFor(1, BitPacking.bitsFor(shape));
  }

  /** Writes the file, all or nothing. */
  public void write(Path file) {
    ByteBuffer bytes = encode();
    AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, bytes));
  }

  private ByteBuffer encode() {
    CodeShape shape = codes.shape();
    ByteBuffer bytes = allocate(Math.toIntExact(length()));
    bytes.putInt(MAGIC).put((byte) Formats.CURRENT);
    bytes.put((byte) shape.maps().size()).put((byte) original.rank()).put((byte) 0);
    bytes.putInt(0).putInt(label);
    bytes.put(HexFormat.of().parseHex(autoencoder));
    CodeShapeBytes.put(bytes, original);
    CodeShapeBytes.put(bytes, shape);
    bytes.put(BitPacking.pack(codes.values(), BitPacking.widths(shape)));
    bytes.putInt(CRC_AT, CodeStoreHeader.crc(bytes.duplicate().rewind()));
    return bytes.rewind();
  }

  /**
   * Reads a file of the codes of that autoencoder.
   *
   * @throws StoreException if it is missing, damaged, of another format or another autoencoder's
   */
  public static CodeFile read(Path file, String autoencoder) {
    CodeFile codes = read(file);
    if (!codes.autoencoder.equals(autoencoder)) {
      throw new StoreException(
          ("%s: was encoded by autoencoder %s but this run's is %s; decode it with the run that"
                  + " encoded it, or encode the original again")
              .formatted(file, codes.autoencoder, autoencoder));
    }
    return codes;
  }

  /**
   * Reads a file, whoever made its codes.
   *
   * @throws StoreException if it is missing, damaged or of another format
   */
  public static CodeFile read(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      ByteBuffer bytes = allocate(content.length).put(content).rewind();
      checkWhole(bytes, file);
      return decode(bytes);
    } catch (IOException e) {
      throw StoreException.reading(file, e);
    } catch (BufferUnderflowException e) {
      throw damaged(file, "it ends within its header");
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw damaged(file, "its content is impossible: " + e.getMessage());
    }
  }

  /** Checks magic, format and checksum, and leaves the buffer behind the format. */
  private static void checkWhole(ByteBuffer bytes, Path file) {
    if (bytes.getInt() != MAGIC) {
      throw damaged(file, "it does not begin like one");
    }
    Formats.check(file, bytes.get());
    if (bytes.capacity() < FIXED) {
      throw new BufferUnderflowException();
    }
    int crc = bytes.getInt(CRC_AT);
    bytes.putInt(CRC_AT, 0);
    if (CodeStoreHeader.crc(bytes.duplicate().rewind()) != crc) {
      throw damaged(file, "its content does not match its checksum");
    }
  }

  /** What is impossible from here on was written so: the checksum is right. */
  private static CodeFile decode(ByteBuffer bytes) {
    int maps = Byte.toUnsignedInt(bytes.get());
    int rank = bytes.get();
    int label = bytes.position(CRC_AT + Integer.BYTES).getInt();
    byte[] fingerprint = new byte[FINGERPRINT];
    bytes.get(fingerprint);
    Grid original = CodeShapeBytes.grid(bytes, rank);
    CodeShape shape = CodeShapeBytes.get(bytes, maps);
    long length = length(shape, original);
    if (bytes.capacity() != length) {
      throw new IllegalArgumentException(
          "it has %d bytes instead of %d".formatted(bytes.capacity(), length));
    }
    int[] values = new int[shape.codes()];
    long firstBit = (long) bytes.position() * Byte.SIZE;
    BitPacking.unpack(bytes, firstBit, values, 0, BitPacking.widths(shape));
    return new CodeFile(
        HexFormat.of().formatHex(fingerprint), Codes.of(shape, values), original, label);
  }

  private static StoreException damaged(Path file, String what) {
    return new StoreException(
        "%s: damaged or not a .vqa file: %s; copy it again, or encode the original again"
            .formatted(file, what));
  }

  private static ByteBuffer allocate(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
