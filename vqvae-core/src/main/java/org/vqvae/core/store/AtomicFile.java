package org.vqvae.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file all or nothing: a reader, and a process that is killed or finds the disk full, sees
 * the old content or the new, never a part.
 */
public final class AtomicFile {
  /** The end of the names of files that were not finished; safe to delete when nobody writes. */
  public static final String UNFINISHED = ".tmp";

  private AtomicFile() {}

  /** Writes the content of a new file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  /** Replaces {@code target}; missing folders are made. */
  public static void write(Path target, Content content) {
    Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      try (FileChannel channel =
          FileChannel.open(
              unfinished,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      move(unfinished, target);
    } catch (IOException e) {
      deleteQuietly(unfinished, e);
      throw StoreException.writing(target, e);
    } catch (RuntimeException e) {
      deleteQuietly(unfinished, e);
      throw e;
    }
  }

  /** Replaces {@code target} by these bytes. */
  public static void write(Path target, byte[] content) {
    write(target, channel -> writeFully(channel, ByteBuffer.wrap(content)));
  }

  /** Replaces {@code target} by a text in UTF-8. */
  public static void write(Path target, String text) {
    write(target, text.getBytes(UTF_8));
  }

  static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Renames, and does not return before the new name is on disk. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(requireNonNull(to.toAbsolutePath().getParent()));
  }

  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; there, renames are journaled.
      return;
    }
  }

  private static void deleteQuietly(Path file, Exception fault) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
  }
}
