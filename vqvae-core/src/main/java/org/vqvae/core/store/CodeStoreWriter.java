package org.vqvae.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;

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
  private final int[] widths;
  private final int[] labels;
  private int blocks;
  private int examples;
  private boolean finished;

  private CodeStoreWriter(Path file, CodeStoreHeader header, FileChannel channel) {
    this.file = file;
    this.header = header;
    this.channel = channel;
    this.widths = BitPacking.widths(header.info().shape());
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
   * Appends examples.
   *
   * @param codes of one or more
   * @param condition their classes; needed and kept only by a store that has classes
   * @throws IllegalArgumentException if the codes have another shape, or a class is missing or not
   *     in 0..classes-1
   */
  public void append(Codes codes, Condition condition) {
    checkFits(codes);
    int classes = header.info().classes();
    int[] given = condition.labels("code store " + file, codes.examples(), classes);
    if (classes > 0) {
      System.arraycopy(given, 0, labels, examples, given.length);
    }
    packer.put(codes.values(), widths);
    examples += codes.examples();
  }

  private void checkFits(Codes codes) {
    CodeStoreInfo info = header.info();
    if (!codes.shape().equals(info.shape())) {
      throw new IllegalArgumentException(
          "%s: codes of %s do not belong to a store of codes of %s"
              .formatted(file, codes.shape(), info.shape()));
    }
    if (codes.examples() > info.examples() - examples) {
      throw new IllegalStateException(
          "%s: %d more examples were appended to %d but %d were announced"
              .formatted(file, codes.examples(), examples, info.examples()));
    }
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
      channel.position(0);
      AtomicFile.writeFully(channel, header.finished().encode());
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
}
