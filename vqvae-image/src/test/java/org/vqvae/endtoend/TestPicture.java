package org.vqvae.endtoend;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Picture files. */
final class TestPicture {
  private TestPicture() {}

  /** Writes a colourful picture of that size. */
  static Path write(Path file, int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      picture.setRGB(i % width, i / width, 0x10305 * i);
    }
    try {
      ImageIO.write(picture, "png", file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Width and height of a picture. */
  static List<Integer> size(Path file) {
    try {
      BufferedImage picture = ImageIO.read(file.toFile());
      return List.of(picture.getWidth(), picture.getHeight());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
