package org.vqvae.image.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.vqvae.core.data.DataException;

/**
 * A data file that is read from front to end, plain or packed by gzip, whatever its name says.
 *
 * <p>Memory follows what the file really holds, never what its header promises. Every problem is a
 * {@link DataException} that begins with the file's path.
 */
final class DataFile implements Closeable {
  private static final int BUFFER = 1 << 16;
  private static final String AGAIN = "Download or copy it again";

  private final Path path;
  private final InputStream in;
  private long position;

  private DataFile(Path path, InputStream in) {
    this.path = path;
    this.in = in;
  }

  /**
   * The file of that name in a folder, or else the one with {@code .gz} added; empty if there is
   * neither.
   */
  static Optional<Path> find(Path folder, String name) {
    return Stream.of(name, name + ".gz")
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  static DataFile open(Path path) {
    try {
      BufferedInputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
      try {
        return new DataFile(path, unpacked(path, in));
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(path, 0, e);
    }
  }

  private static InputStream unpacked(Path path, BufferedInputStream in) throws IOException {
    in.mark(2);
    byte[] start = in.readNBytes(2);
    in.reset();
    if (start.length == 0) {
      throw DataException.of(path, "is empty (0 bytes)", AGAIN);
    }
    String hex = HexFormat.of().formatHex(start);
    if (hex.equals("1f8b")) {
      return new GZIPInputStream(in, BUFFER);
    }
    if (path.toString().endsWith(".gz")) {
      throw DataException.of(
          path,
          "is named .gz but is not gzip: it should begin with 0x1f8b but begins with 0x" + hex,
          "If it is unpacked already, rename it without .gz; otherwise download it again");
    }
    return in;
  }

  /** The next bytes: as many as asked for, or fewer at the end. */
  byte[] next(int count) {
    try {
      byte[] bytes = in.readNBytes(count);
      position += bytes.length;
      return bytes;
    } catch (IOException e) {
      throw unreadable(path, position, e);
    }
  }

  /** How many (unpacked) bytes have been read. */
  long position() {
    return position;
  }

  /** Reads the rest and says how many (unpacked) bytes the whole file has. */
  long length() {
    while (next(BUFFER).length > 0) {
      // only counted
    }
    return position;
  }

  DataException problem(String what, String whatToDo) {
    return DataException.of(path, what, whatToDo);
  }

  private static DataException unreadable(Path path, long position, IOException cause) {
    String what = "cannot be read (" + cause + ")";
    if (cause instanceof EOFException) {
      what = "the gzip data is cut off after " + position + " unpacked bytes";
    } else if (cause instanceof ZipException) {
      what = "the gzip data is damaged";
    }
    return DataException.of(path, what, AGAIN, cause);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(path, position, e);
    }
  }
}
