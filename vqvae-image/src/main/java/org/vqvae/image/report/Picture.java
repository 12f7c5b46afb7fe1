package org.vqvae.image.report;

import java.awt.image.BufferedImage;
import org.vqvae.core.report.Markup;
import org.vqvae.core.report.Png;

/**
 * A picture of a report.
 *
 * @param title above it, such as the prior that it was sampled from; empty for none
 * @param note beside the title, such as {@code 6.12 bits per code}; empty for none
 * @param description what it shows, for those who cannot see it
 * @param scale how many points of the screen one point of the picture takes, where there is room
 */
public record Picture(
    String title, String note, String description, BufferedImage image, int scale) {

  public Picture {
    if (description.isBlank()) {
      throw new IllegalArgumentException(
          "picture " + title + " needs a description for those who cannot see it");
    }
  }

  /** A figure with its caption. */
  public void write(Markup page) {
    page.open("figure", "class", "picture");
    if (!title.isEmpty() || !note.isEmpty()) {
      page.open("figcaption").leaf("strong", title).leaf("span", note, "class", "legend").close();
    }
    writeImage(page);
    page.close().line();
  }

  /** The picture alone. */
  void writeImage(Markup page) {
    page.empty(
        "img",
        "src",
        Png.dataUri(image),
        "alt",
        description,
        "width",
        Integer.toString(image.getWidth() * scale),
        "height",
        Integer.toString(image.getHeight() * scale));
  }
}
