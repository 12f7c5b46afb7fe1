package org.vqvae.image.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.report.Png;

class ImageGridTest {

  @Test
  void lays_pictures_out_row_after_row_with_transparent_gaps() {
    // GIVEN three pictures of one point each: black, middle, white
    Images images = new Images(new float[] {-0.5f, 0, 0.5f}, 3, 1, 1, 1);

    // WHEN
    BufferedImage sheet = new ImageGrid(2, 1).sheet(images);

    // THEN
    assertThat(points(sheet))
        .isEqualTo(new int[][] {{0xFF000000, 0, 0xFF808080}, {0, 0, 0}, {0xFFFFFFFF, 0, 0}});
  }

  @Test
  void puts_pairs_above_each_other() {
    // GIVEN
    Images above = new Images(new float[] {-0.5f, -0.5f}, 2, 1, 1, 1);
    Images below = new Images(new float[] {0.5f, 0.5f}, 2, 1, 1, 1);

    // WHEN
    BufferedImage sheet = new ImageGrid(1, 1).pairs(above, below);

    // THEN a pair is one point apart, two pairs are two
    int black = 0xFF000000;
    int white = 0xFFFFFFFF;
    assertThat(points(sheet))
        .isEqualTo(new int[][] {{black}, {0}, {white}, {0}, {0}, {black}, {0}, {white}});
  }

  @Test
  void gives_every_byte_back_through_a_png_file(@TempDir Path folder) throws IOException {
    // GIVEN all levels of a byte, as a data set scales them
    float[] values = new float[256 * 3];
    for (int i = 0; i < 256; i++) {
      values[3 * i] = i / 255f - 0.5f;
      values[3 * i + 1] = (255 - i) / 255f - 0.5f;
      values[3 * i + 2] = 0.5f;
    }

    // WHEN
    Path file = folder.resolve("samples/levels.png");
    Png.write(new ImageGrid(1, 0).sheet(new Images(values, 1, 16, 16, 3)), file);
    BufferedImage read = ImageIO.read(file.toFile());

    // THEN
    for (int i = 0; i < 256; i++) {
      assertThat(read.getRGB(i % 16, i / 16))
          .isEqualTo(0xFF000000 | (i << 16) | ((255 - i) << 8) | 255);
    }
  }

  @Test
  void cuts_off_what_is_blacker_than_black_or_whiter_than_white() {
    Images images = new Images(new float[] {-3, 7, Float.NaN}, 3, 1, 1, 1);
    assertThat(points(new ImageGrid(3, 0).sheet(images)))
        .isEqualTo(new int[][] {{0xFF000000, 0xFFFFFFFF, 0xFF000000}});
  }

  @Test
  void reads_arrays_of_any_layout() {
    // GIVEN [N, H, W, C] as a view of an array in another order
    INDArray channelsFirst = Nd4j.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5);

    // WHEN
    Images images = Images.of(channelsFirst.permute(0, 2, 3, 1));

    // THEN
    assertThat(images.height()).isEqualTo(4);
    assertThat(images.width()).isEqualTo(5);
    assertThat(images.values()).startsWith(0, 20, 40, 1, 21, 41);
    assertThat(images.slice(1, 2).values()).startsWith(60, 80, 100, 61);
  }

  @Test
  void refuses_what_is_no_picture() {
    assertThatThrownBy(() -> new Images(new float[2], 1, 1, 1, 2))
        .hasMessage("pictures have 1 or 3 channels but these have 2");
    assertThatThrownBy(() -> new Images(new float[2], 1, 1, 1, 1))
        .hasMessage("2 values are not [1, 1, 1, 1]");
    assertThatThrownBy(() -> Images.of(Nd4j.zeros(2, 3, 3)))
        .hasMessage("pictures are [N, H, W, C] but the shape is [2, 3, 3]");
    Images one = new Images(new float[1], 1, 1, 1, 1);
    Images two = new Images(new float[2], 2, 1, 1, 1);
    assertThatThrownBy(() -> new ImageGrid(1, 0).pairs(one, two))
        .hasMessage("pairs need pictures of one form but have [1, 1, 1, 1] and [2, 1, 1, 1]");
  }

  @Test
  void refuses_a_picture_without_a_description() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    assertThatThrownBy(() -> new Picture("uniform", "", " ", image, 1))
        .hasMessage("picture uniform needs a description for those who cannot see it");
  }

  private static int[][] points(BufferedImage image) {
    int[][] points = new int[image.getHeight()][image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        points[y][x] = image.getRGB(x, y);
      }
    }
    return points;
  }
}
