package org.vqvae.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

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

  private CodeStore(Path file, CodeStoreInfo info, ByteBuffer[] segments, ByteBuffer labels) {
    this.file = file;
    this.info = info;
    this.segments = segments;
    this.labels = labels;
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
    long overlap = BitPacking.bytesFor(info.space().positions(), info.bits()) + Long.BYTES;
    ByteBuffer[] segments = new ByteBuffer[(int) ((codes + SEGMENT - 1) / SEGMENT)];
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

  /** Reads the codes of an example, in raster order, into {@code into[offset...]}. */
  public void codes(int index, int[] into, int offset) {
    checkIndex(index);
    int positions = info.space().positions();
    int codebookSize = info.space().codebookSize();
    if (info.bits() == 0) {
      Arrays.fill(into, offset, offset + positions, 0);
      return;
    }
    long bit = (long) index * positions * info.bits();
    int segment = (int) ((bit >>> 3) / SEGMENT);
    long within = bit - segment * SEGMENT * Byte.SIZE;
    BitPacking.unpack(segments[segment], within, info.bits(), into, offset, positions);
    for (int i = offset; i < offset + positions; i++) {
      checkRange(index, "code", into[i], codebookSize);
    }
  }

  /** The label of an example; -1 when there are none. */
  public int label(int index) {
    checkIndex(index);
    if (info.classes() == 0) {
      return -1;
    }
    int[] label = new int[1];
    BitPacking.unpack(labels, (long) index * info.labelBits(), info.labelBits(), label, 0, 1);
    checkRange(index, "label", label[0], info.classes());
    return label[0];
  }

  private void checkIndex(int index) {
    if (index < 0 || index >= info.examples()) {
      throw new IndexOutOfBoundsException(
          "%s: example %d of %d".formatted(file, index, info.examples()));
    }
  }

  private void checkRange(int index, String what, int value, int bound) {
    if (value >= bound) {
      throw new StoreException(
          "%s: example %d has %s %d but there are only %d; extract the codes again"
              .formatted(file, index, what, value, bound));
    }
  }
}
