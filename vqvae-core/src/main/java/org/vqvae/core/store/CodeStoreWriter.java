package org.vqvae.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a {@link CodeStore}, example by example. The file takes its name in {@link #finish}; until
 * then the old file of that name stays, and one that is closed earlier leaves nothing. Not
 * thread-safe.
 */
public final class CodeStoreWriter implements AutoCloseable {
  private static final String UNFINISHED = ".unfinished";

  private final Path file;
  private final CodeStoreHeader header;
  private final FileChannel channel;
  private final ByteBuffer block = ByteBuffer.allocateDirect(CodeStoreHeader.BLOCK);
  private final BitPacking.Packer packer = new BitPacking.Packer(this::putByte);
  private final int[] labels;
  private int blocks;
  private int examples;
  private boolean finished;

  private CodeStoreWriter(Path file, CodeStoreHeader header, FileChannel channel) {
    this.file = file;
    this.header = header;
    this.channel = channel;
    this.labels = new int[header.info().classes() == 0 ? 0 : header.info().examples()];
  }

  /** Begins a store of exactly that many examples; missing folders are made. */
  public static CodeStoreWriter create(Path file, CodeStoreInfo info) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(
              unfinished(file),
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      CodeStoreHeader header = CodeStoreHeader.unfinished(info);
      AtomicFile.writeFully(channel, header.encode());
      return new CodeStoreWriter(file, header, channel);
    } catch (IOException e) {
      throw StoreException.writing(file, e);
    }
  }

  static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + UNFINISHED);
  }

  /**
   * Appends an example.
   *
   * @param codes its codes are {@code codes[offset...]}, in raster order, each in 0..K-1
   * @param label in 0..classes-1; -1 if the store has no labels
   */
  public void append(int[] codes, int offset, int label) {
    CodeStoreInfo info = header.info();
    checkExample(codes, offset, label);
    int bits = info.bits();
    int end = offset + info.space().positions();
    for (int i = offset; i < end; i++) {
      packer.put(codes[i], bits);
    }
    if (info.classes() > 0) {
      labels[examples] = label;
    }
    examples++;
  }

  /** Writes the labels and checksums, and gives the file its name. */
  public void finish() {
    if (examples != header.info().examples()) {
      throw new IllegalStateException(
          "%s: %d examples were appended but %d were announced"
              .formatted(file, examples, header.info().examples()));
    }
    packer.pad();
    for (int label : labels) {
      packer.put(label, header.info().labelBits());
    }
    packer.pad();
    flush();
    try {
      channel.force(true);
      CodeStoreHeader complete = new CodeStoreHeader(header.info(), true, header.blockSums());
      channel.position(0);
      AtomicFile.writeFully(channel, complete.encode());
      channel.force(true);
      channel.close();
      AtomicFile.move(unfinished(file), file);
      finished = true;
    } catch (IOException e) {
      throw StoreException.writing(file, e);
    }
  }

  /** Without {@link #finish}, deletes what was written. */
  @Override
  public void close() {
    try {
      channel.close();
      if (!finished) {
        Files.deleteIfExists(unfinished(file));
      }
    } catch (IOException e) {
      throw StoreException.writing(file, e);
    }
  }

  private void putByte(byte packed) {
    block.put(packed);
    if (!block.hasRemaining()) {
      flush();
    }
  }

  private void flush() {
    block.flip();
    if (block.hasRemaining()) {
      header.blockSums()[blocks++] = CodeStoreHeader.crc(block.duplicate());
    }
    try {
      AtomicFile.writeFully(channel, block);
    } catch (IOException e) {
      throw StoreException.writing(file, e);
    }
    block.clear();
  }

  private void checkExample(int[] codes, int offset, int label) {
    CodeStoreInfo info = header.info();
    if (examples == info.examples()) {
      throw new IllegalStateException("%s: all %d examples are there".formatted(file, examples));
    }
    int positions = info.space().positions();
    for (int i = 0; i < positions; i++) {
      int code = codes[offset + i];
      if (code < 0 || code >= info.space().codebookSize()) {
        throw new IllegalArgumentException(
            "example %d, position %d: code %d is not in 0..%d"
                .formatted(examples, i, code, info.space().codebookSize() - 1));
      }
    }
    if (info.classes() == 0 ? label != -1 : label < 0 || label >= info.classes()) {
      throw new IllegalArgumentException(
          "example %d: label %d, but there are %d classes"
              .formatted(examples, label, info.classes()));
    }
  }
}
