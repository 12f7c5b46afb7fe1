package org.vqvae.audio.data;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.vqvae.audio.wav.WavReader;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.FileTree;
import org.vqvae.core.data.UnusableFileException;

/** The WAV files in a zip archive. */
final class ZipSounds implements Closeable {
  private static final String AGAIN = "Download or copy it again, or set data.path";

  private final Path file;
  private final ZipFile zip;

  ZipSounds(Path file) {
    this.file = file;
    try {
      this.zip = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw DataException.of(file, "is not a zip archive, or it is cut off", AGAIN, e);
    } catch (IOException e) {
      throw DataException.of(file, "cannot be read (%s)".formatted(e), AGAIN, e);
    }
  }

  FileTree tree() {
    List<String> files =
        zip.stream()
            .filter(entry -> !entry.isDirectory())
            .map(ZipEntry::getName)
            .distinct()
            .toList();
    List<String> folders =
        files.stream()
            .filter(WavFiles.SOUNDS::has)
            .filter(name -> name.indexOf('/') > 0)
            .map(FileTree::folder)
            .distinct()
            .toList();
    return FileTree.of(file.toString(), WavFiles.SOUNDS, folders, files);
  }

  /** The content of a file, whose checksum is right. */
  byte[] read(String name) throws UnusableFileException {
    ZipEntry entry = requireNonNull(zip.getEntry(name), name);
    byte[] content;
    try (InputStream in = zip.getInputStream(entry)) {
      content = in.readNBytes(WavReader.LARGEST + 1);
    } catch (IOException e) {
      throw new UnusableFileException("cannot be unpacked, so the archive is damaged");
    }
    if (content.length > WavReader.LARGEST) {
      throw new UnusableFileException(
          "has more than the %d bytes that are read".formatted(WavReader.LARGEST));
    }
    CRC32 checksum = new CRC32();
    checksum.update(content);
    if (checksum.getValue() != entry.getCrc()) {
      throw new UnusableFileException("does not match its checksum, so the archive is damaged");
    }
    return content;
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
