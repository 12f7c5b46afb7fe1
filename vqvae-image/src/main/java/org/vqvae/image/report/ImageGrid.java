package org.vqvae.image.report;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Lays pictures out on one sheet, row after row, point for point; between them the sheet is
 * transparent.
 *
 * @param columns pictures in a row
 * @param gap points between pictures
 */
public record ImageGrid(int columns, int gap) {

  public ImageGrid {
    if (columns < 1 || gap < 0) {
      throw new IllegalArgumentException(
          "a sheet needs columns >= 1 and gap >= 0 but has " + columns + ", " + gap);
    }
  }

  /** A sheet of these pictures, the last row perhaps not full. */
  public BufferedImage sheet(Images images) {
    return layers(List.of(images));
  }

  /** A sheet of pairs: picture i of the one right above picture i of the other. */
  public BufferedImage pairs(Images above, Images below) {
    if (above.count() != below.count()
        || above.height() != below.height()
        || above.width() != below.width()
        || above.channels() != below.channels()) {
      throw new IllegalArgumentException(
          "pairs need pictures of one form but have " + form(above) + " and " + form(below));
    }
    return layers(List.of(above, below));
  }

  private BufferedImage layers(List<Images> layers) {
    Images first = layers.get(0);
    int across = Math.min(columns, first.count());
    int rows = (first.count() + across - 1) / across;
    int cellHeight = layers.size() * first.height() + layers.size() - 1;
    BufferedImage sheet =
        new BufferedImage(
            across * (first.width() + gap) - gap,
            rows * (cellHeight + layers.size() * gap) - layers.size() * gap,
            BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < first.count(); i++) {
      for (int layer = 0; layer < layers.size(); layer++) {
        int top = i / across * (cellHeight + layers.size() * gap) + layer * (first.height() + 1);
        draw(layers.get(layer), i, sheet, top, i % across * (first.width() + gap));
      }
    }
    return sheet;
  }

  private static void draw(Images images, int image, BufferedImage sheet, int top, int left) {
    for (int y = 0; y < images.height(); y++) {
      for (int x = 0; x < images.width(); x++) {
        sheet.setRGB(left + x, top + y, images.argb(image, y, x));
      }
    }
  }

  private static String form(Images images) {
    return "[%d, %d, %d, %d]"
        .formatted(images.count(), images.height(), images.width(), images.channels());
  }
}
