package org.vqvae.core.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * A file of a run cannot be written or used; the message says which, what is wrong and what to do
 * next.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The file system refused a write. */
  public static StoreException writing(Path file, IOException cause) {
    return new StoreException(
        "%s: cannot be written (%s); free space or mend the permissions, then repeat the command (run and train: with --resume)"
            .formatted(file, reason(cause)),
        cause);
  }

  /** The file system refused a read. */
  public static StoreException reading(Path file, IOException cause) {
    return new StoreException(
        "%s: cannot be read (%s); check the path and its permissions"
            .formatted(file, reason(cause)),
        cause);
  }

  /** NIO's own messages are often no more than the file's name. */
  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
      return "a file is where a folder should be";
    }
    if (cause instanceof FileSystemException fault && fault.getReason() != null) {
      return fault.getReason();
    }
    return String.valueOf(cause.getMessage());
  }
}
