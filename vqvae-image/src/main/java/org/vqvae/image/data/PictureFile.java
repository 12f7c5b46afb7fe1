package org.vqvae.image.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.vqvae.core.data.UnusableFileException;

/**
 * A PNG or JPEG file, told by its content. A JPEG's EXIF orientation is ignored: the pixels are
 * taken as they are stored.
 */
final class PictureFile {
  private static final long MAX_PIXELS = 64_000_000;

  /** Of a picture that is kept whole, which as numbers takes twelve bytes a pixel. */
  private static final long MAX_WHOLE_PIXELS = 1 << 24;

  private static final Map<String, String> FORMATS =
      Map.of("89504e470d0a1a0a", "PNG", "ffd8ff", "JPEG");

  private PictureFile() {}

  /**
   * Reads the picture, of at least {@code size} pixels each way, shrunk and cropped to a square of
   * that.
   */
  static byte[] read(Path path, int size) throws UnusableFileException {
    return read(path, (width, height) -> checkSize(width, height, size)).centre(size);
  }

  /** Reads the picture as it is. */
  static Picture read(Path path) throws UnusableFileException {
    return read(path, (width, height) -> checkPixels(width, height, MAX_WHOLE_PIXELS));
  }

  /** Refuses a picture before it is decoded. */
  @FunctionalInterface
  private interface SizeCheck {
    void check(int width, int height) throws UnusableFileException;
  }

  private static Picture read(Path path, SizeCheck check) throws UnusableFileException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new UnusableFileException("no such file");
    } catch (IOException e) {
      throw new UnusableFileException("cannot be read (" + e + ")");
    }
    String format = format(bytes);
    try {
      return decode(bytes, format, check);
    } catch (IOException | RuntimeException e) {
      throw new UnusableFileException(
          "is damaged, cut off, or a kind of %s that Java cannot read (such as CMYK)"
              .formatted(format));
    }
  }

  private static String format(byte[] bytes) throws UnusableFileException {
    if (bytes.length == 0) {
      throw new UnusableFileException("is empty (0 bytes)");
    }
    String start = HexFormat.of().formatHex(bytes, 0, Math.min(8, bytes.length));
    for (Map.Entry<String, String> format : FORMATS.entrySet()) {
      if (start.startsWith(format.getKey())) {
        return format.getValue();
      }
    }
    throw new UnusableFileException(
        "is neither PNG nor JPEG (it begins with 0x%s)".formatted(start));
  }

  private static Picture decode(byte[] bytes, String format, SizeCheck check)
      throws IOException, UnusableFileException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(in, true, true);
      check.check(reader.getWidth(0), reader.getHeight(0));
      BufferedImage image = reader.read(0);
      if (warnings.stream().anyMatch(PictureFile::meansDamage)) {
        throw new IOException(String.join("; ", warnings));
      }
      return Picture.of(image);
    } finally {
      reader.dispose();
    }
  }

  private static void checkSize(int width, int height, int size) throws UnusableFileException {
    if (Math.min(width, height) < size) {
      throw new UnusableFileException(
          "is %dx%d, but data.size = %d needs at least %d pixels each way"
              .formatted(width, height, size, size));
    }
    checkPixels(width, height, MAX_PIXELS);
  }

  private static void checkPixels(int width, int height, long most) throws UnusableFileException {
    if ((long) width * height > most) {
      throw new UnusableFileException(
          "is %dx%d, but at most %d pixels are read".formatted(width, height, most));
    }
  }

  /** The JPEG decoder fills what is missing with grey and only warns. */
  private static boolean meansDamage(String warning) {
    return warning.contains("Corrupt JPEG data") || warning.contains("Premature end");
  }
}
