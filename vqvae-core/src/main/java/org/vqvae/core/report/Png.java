package org.vqvae.core.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.vqvae.core.store.AtomicFile;

/** Pictures as PNG files. */
public final class Png {

  private Png() {}

  /** The bytes of a PNG file. */
  public static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", bytes)) {
        throw new IllegalArgumentException("this kind of picture cannot be a PNG: " + image);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes a PNG file, all or nothing, and the folder that it lies in. */
  public static void write(BufferedImage image, Path file) {
    AtomicFile.write(file, encode(image));
  }

  /** The picture itself as an address, for a page that needs no other file. */
  public static String dataUri(BufferedImage image) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(encode(image));
  }
}
