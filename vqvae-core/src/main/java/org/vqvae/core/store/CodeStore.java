package org.vqvae.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;

/**
 * The codes of all examples of a split: bit-packed, memory-mapped, checksummed, and bound to the
 * autoencoder that made them. Opening checks every byte. Reading is thread-safe.
 *
 * <p>A file is complete or refused: while it is written, it has another name (see {@link
 * CodeStoreWriter}) and says that it is unfinished.
 */
public final class CodeStore {
  /**
   * The bytes of one mapping that only it serves; a mapping also covers an example that begins at
   * its end.
   */
  private static final long SEGMENT = 1 << 30;

  private final Path file;
  private final CodeStoreInfo info;
  private final ByteBuffer[] segments;
  private final ByteBuffer labels;
  private final int[] widths;
  private final long bits;

  private CodeStore(Path file, CodeStoreInfo info, ByteBuffer[] segments, ByteBuffer labels) {
    this.file = file;
    this.info = info;
    this.segments = segments;
    this.labels = labels;
    this.widths = BitPacking.widths(info.shape());
    this.bits = info.bits();
  }

  /**
   * Opens a finished store, whoever made its codes.
   *
   * @throws StoreException if it is missing, unfinished or damaged
   */
  public static CodeStore open(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      CodeStoreHeader header = CodeStoreHeader.read(channel, file.toString());
      checkBlocks(channel, header, file.toString());
      return map(channel, header, file);
    } catch (NoSuchFileException e) {
      throw missing(file);
    } catch (IOException e) {
      throw StoreException.reading(file, e);
    }
  }

  /**
   * Opens a finished store of the codes of that autoencoder.
   *
   * @throws StoreException also if another autoencoder made the codes
   */
  public static CodeStore open(Path file, String autoencoder) {
    CodeStore store = open(file);
    if (!store.info.autoencoder().equals(autoencoder)) {
      throw new StoreException(
          "%s: these codes were made by autoencoder %s but this one is %s; extract the codes again"
              .formatted(file, store.info.autoencoder(), autoencoder));
    }
    return store;
  }

  private static StoreException missing(Path file) {
    return new StoreException(
        Files.exists(CodeStoreWriter.unfinished(file))
            ? file
                + ": was not finished: the program stopped while it was written; extract the codes"
                + " again"
            : file + ": there is no such code store; extract the codes first");
  }

  private static void checkBlocks(FileChannel channel, CodeStoreHeader header, String where)
      throws IOException {
    long payload = header.info().payloadBytes();
    ByteBuffer block = ByteBuffer.allocateDirect((int) Math.min(payload, CodeStoreHeader.BLOCK));
    for (int i = 0; i < header.blockSums().length; i++) {
      long begin = (long) i * CodeStoreHeader.BLOCK;
      long end = Math.min(payload, begin + CodeStoreHeader.BLOCK);
      Safetensors.readFully(channel, block.clear().limit((int) (end - begin)));
      CodeStoreHeader.check(
          CodeStoreHeader.crc(block.flip()) == header.blockSums()[i],
          where,
          "bytes %d to %d do not match their checksum",
          header.length() + begin,
          header.length() + end);
    }
  }

  private static CodeStore map(FileChannel channel, CodeStoreHeader header, Path file)
      throws IOException {
    CodeStoreInfo info = header.info();
    long codes = info.codeBytes();
    long overlap = BitPacking.bytesFor(1, info.bits()) + Long.BYTES;
    ByteBuffer[] segments = new ByteBuffer[(int) Math.max(1, (codes + SEGMENT - 1) / SEGMENT)];
    for (int i = 0; i < segments.length; i++) {
      long begin = i * SEGMENT;
      segments[i] =
          map(channel, header.length() + begin, Math.min(codes - begin, SEGMENT + overlap));
    }
    ByteBuffer labels = map(channel, header.length() + codes, info.payloadBytes() - codes);
    return new CodeStore(file, info, segments, labels);
  }

  private static ByteBuffer map(FileChannel channel, long begin, long size) throws IOException {
    return channel.map(FileChannel.MapMode.READ_ONLY, begin, size);
  }

  public CodeStoreInfo info() {
    return info;
  }

  /** The number of examples. */
  public int size() {
    return info.examples();
  }

  /** The codes of these examples. */
  public Codes codes(int... indices) {
    checkIndices(indices);
    int[] values = new int[Math.multiplyExact(indices.length, widths.length)];
    for (int i = 0; i < indices.length; i++) {
      unpackCodes(indices[i], values, i * widths.length);
    }
    try {
      return Codes.of(info.shape(), values);
    } catch (IllegalArgumentException e) {
      throw impossible(e);
    }
  }

  private void unpackCodes(int index, int[] into, int offset) {
    long bit = index * bits;
    int segment = (int) ((bit >>> 3) / SEGMENT);
    long within = bit - segment * SEGMENT * Byte.SIZE;
    BitPacking.unpack(segments[segment], within, into, offset, widths);
  }

  /** The classes of these examples; nothing when there are none. */
  public Condition condition(int... indices) {
    checkIndices(indices);
    if (info.classes() == 0) {
      return Condition.NONE;
    }
    int[] read = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      long bit = (long) indices[i] * info.labelBits();
      BitPacking.unpack(labels, bit, read, i, info.labelBits());
    }
    Condition condition = Condition.ofLabels(read);
    try {
      condition.labels(file.toString(), read.length, info.classes());
      return condition;
    } catch (IllegalArgumentException e) {
      throw impossible(e);
    }
  }

  private void checkIndices(int... indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException(file + ": expected one or more examples");
    }
    for (int index : indices) {
      if (index < 0 || index >= info.examples()) {
        throw new IndexOutOfBoundsException(
            "%s: example %d of %d".formatted(file, index, info.examples()));
      }
    }
  }

  /** The checksums were right, so only a forged file comes so far. */
  private StoreException impossible(IllegalArgumentException e) {
    return new StoreException(
        "%s: among the examples that were read: %s; extract the codes again"
            .formatted(file, e.getMessage()),
        e);
  }
}
