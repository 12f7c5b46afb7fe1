package org.vqvae.core.store;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Grid;

/**
 * One picture or sound as codes: the content of a {@code .vqa} file.
 *
 * <p>The file is a header and the packed codes, and nothing else. Little-endian: magic {@code
 * VQA\n} (4 bytes), version, rank of the codes' grid, rank of the original's grid, 0 (1 byte each),
 * CRC-32C of the file with this field zero (4), K (4), label (4), fingerprint of the autoencoder
 * (32), the sizes of both grids (4 each); then the codes as {@link BitPacking} has them. So the
 * header says how long the file is: one of sound has 60 bytes and ceil(codes x ceil(log2 K) / 8).
 *
 * @param autoencoder the {@link Fingerprint} of the autoencoder that made the codes
 * @param space K and the grid of the codes
 * @param original the size of what was encoded: {@code [height, width]} in pixels, {@code [time]}
 *     in samples at the autoencoder's rate; padding is not counted
 * @param label its class; -1 for none
 * @param codes in raster order, each in 0..K-1
 */
public record CodeFile(String autoencoder, CodeSpace space, Grid original, int label, int[] codes) {
  private static final int MAGIC = 0x0A41_5156; // "VQA\n"
  private static final int VERSION = 1;
  private static final int CRC_AT = 8;
  private static final int FIXED = 52;
  private static final int FINGERPRINT = 32;
  private static final int HIGHEST_RANK = 8;

  public CodeFile {
    codes = codes.clone();
    if (!autoencoder.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "a fingerprint has 64 hexadecimal digits but was \"" + autoencoder + "\"");
    }
    if (label < -1) {
      throw new IllegalArgumentException("label must be at least -1 but was " + label);
    }
    checkRank(space.grid());
    checkRank(original);
    checkCodes(space, codes);
  }

  private static void checkRank(Grid grid) {
    if (grid.rank() > HIGHEST_RANK) {
      throw new IllegalArgumentException("a grid of rank " + grid.rank());
    }
  }

  private static void checkCodes(CodeSpace space, int[] codes) {
    if (codes.length != space.positions()) {
      throw new IllegalArgumentException(
          "%d codes, but a grid of %s has %d"
              .formatted(codes.length, space.grid(), space.positions()));
    }
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] < 0 || codes[i] >= space.codebookSize()) {
        throw new IllegalArgumentException(
            "position %d: code %d is not in 0..%d"
                .formatted(i, codes[i], space.codebookSize() - 1));
      }
    }
  }

  @Override
  public int[] codes() {
    return codes.clone();
  }

  /** The bytes of the file. */
  public long length() {
    return length(space, original);
  }

  private static long length(CodeSpace space, Grid original) {
    int sizes = space.grid().rank() + original.rank();
    int bits = BitPacking.bitsFor(space.codebookSize());
    return FIXED + (long) sizes * Integer.BYTES + BitPacking.bytesFor(space.positions(), bits);
  }

  /** Writes the file, all or nothing. */
  public void write(Path file) {
    ByteBuffer bytes = encode();
    AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, bytes));
  }

  private ByteBuffer encode() {
    ByteBuffer bytes = allocate(Math.toIntExact(length()));
    bytes.putInt(MAGIC).put((byte) VERSION);
    bytes.put((byte) space.grid().rank()).put((byte) original.rank()).put((byte) 0);
    bytes.putInt(0).putInt(space.codebookSize()).putInt(label);
    bytes.put(HexFormat.of().parseHex(autoencoder));
    Arrays.stream(space.grid().sizes()).forEach(bytes::putInt);
    Arrays.stream(original.sizes()).forEach(bytes::putInt);
    bytes.put(BitPacking.pack(codes, BitPacking.bitsFor(space.codebookSize())));
    bytes.putInt(CRC_AT, CodeStoreHeader.crc(bytes.duplicate().rewind()));
    return bytes.rewind();
  }

  /**
   * Reads a file of the codes of that autoencoder.
   *
   * @throws StoreException if it is missing, damaged, of another version or another autoencoder's
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
   * @throws StoreException if it is missing, damaged or of another version
   */
  public static CodeFile read(Path file) {
    try {
      return decode(Files.readAllBytes(file), file);
    } catch (IOException e) {
      throw StoreException.reading(file, e);
    } catch (BufferUnderflowException e) {
      throw damaged(file, "it ends within its header");
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw damaged(file, "its content is impossible: " + e.getMessage());
    }
  }

  private static CodeFile decode(byte[] content, Path file) {
    ByteBuffer bytes = allocate(content.length).put(content).rewind();
    checkStart(bytes, file);
    int codesRank = bytes.get();
    int originalRank = bytes.get();
    byte spare = bytes.get();
    int crc = bytes.getInt();
    int codebookSize = bytes.getInt();
    int label = bytes.getInt();
    byte[] fingerprint = new byte[FINGERPRINT];
    bytes.get(fingerprint);
    CodeSpace space = new CodeSpace(codebookSize, grid(bytes, codesRank));
    Grid original = grid(bytes, originalRank);
    long length = length(space, original);
    if (content.length != length) {
      throw damaged(file, "it has %d bytes instead of %d".formatted(content.length, length));
    }
    bytes.putInt(CRC_AT, 0);
    if (CodeStoreHeader.crc(bytes.duplicate().rewind()) != crc || spare != 0) {
      throw damaged(file, "its content does not match its checksum");
    }
    return new CodeFile(
        HexFormat.of().formatHex(fingerprint), space, original, label, codes(bytes, space));
  }

  private static void checkStart(ByteBuffer bytes, Path file) {
    if (bytes.getInt() != MAGIC) {
      throw damaged(file, "it does not begin like one");
    }
    int version = bytes.get();
    if (version != VERSION) {
      throw new StoreException(
          ("%s: is a .vqa file of version %d but this program reads version %d; use the program"
                  + " that wrote it, or encode the original again")
              .formatted(file, version, VERSION));
    }
  }

  private static Grid grid(ByteBuffer bytes, int rank) {
    if (rank < 1 || rank > HIGHEST_RANK) {
      throw new IllegalArgumentException("a grid of rank " + rank);
    }
    int[] sizes = new int[rank];
    Arrays.setAll(sizes, i -> bytes.getInt());
    Grid grid = new Grid(sizes);
    grid.positions();
    return grid;
  }

  private static int[] codes(ByteBuffer bytes, CodeSpace space) {
    int[] codes = new int[space.positions()];
    int bits = BitPacking.bitsFor(space.codebookSize());
    BitPacking.unpack(bytes, (long) bytes.position() * Byte.SIZE, bits, codes, 0, codes.length);
    return codes;
  }

  private static StoreException damaged(Path file, String what) {
    return new StoreException(
        "%s: damaged or not a .vqa file: %s; copy it again, or encode the original again"
            .formatted(file, what));
  }

  private static ByteBuffer allocate(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodeFile that
        && autoencoder.equals(that.autoencoder)
        && space.equals(that.space)
        && original.equals(that.original)
        && label == that.label
        && Arrays.equals(codes, that.codes);
  }

  @Override
  public int hashCode() {
    return 31 * autoencoder.hashCode() + Arrays.hashCode(codes);
  }
}
