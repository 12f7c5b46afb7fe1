package org.vqvae.core.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.store.StoreException;

/**
 * The right to write into a run folder; the system takes it back when the process ends, however it
 * ends.
 */
final class RunLock implements AutoCloseable {
  /** Stays in the folder: deleting it would let two processes lock two files of one name. */
  static final String FILE = ".lock";

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, or says who has it.
   *
   * @throws StoreException if this or another process has it
   */
  static RunLock take(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new StoreException(
            "%s: process %s works in this run folder; wait for it, or choose another name"
                .formatted(folder, holder(folder)));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)));
      return new RunLock(channel);
    } catch (IOException e) {
      throw StoreException.writing(file, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      // one byte far behind the text: Windows lets nobody read what is locked
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String holder(Path folder) throws IOException {
    String pid = Files.readString(folder.resolve(FILE), UTF_8).strip();
    return pid.isEmpty() ? "(unknown)" : pid;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException("cannot release the lock of a run folder: " + e.getMessage(), e);
    }
  }
}
