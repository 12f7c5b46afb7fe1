package org.vqvae.image.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {

  @Nested
  class Of_any_kind {
    @TempDir Path folder;

    @Test
    void rgb_stays_as_it_is() throws Exception {
      assertThat(pixel(filled(BufferedImage.TYPE_INT_RGB, new Color(10, 120, 250))))
          .containsExactly(10, 120, 250);
      assertThat(pixel(filled(BufferedImage.TYPE_3BYTE_BGR, new Color(10, 120, 250))))
          .containsExactly(10, 120, 250);
    }

    @Test
    void grey_becomes_three_equal_channels_of_the_stored_value() throws Exception {
      assertThat(pixel(stored(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY), 100)))
          .containsExactly(100, 100, 100);
    }

    @Test
    void sixteen_bits_become_eight() throws Exception {
      assertThat(pixel(stored(new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY), 100 * 257)))
          .containsExactly(100, 100, 100);
      assertThat(pixel(stored(sixteenBits(false), 10 * 257, 120 * 257, 65535)))
          .containsExactly(10, 120, 255);
    }

    @Test
    void what_is_transparent_lies_on_white() throws Exception {
      assertThat(pixel(filled(BufferedImage.TYPE_INT_ARGB, new Color(0, 100, 200, 0))))
          .containsExactly(255, 255, 255);
      assertThat(pixel(filled(BufferedImage.TYPE_INT_ARGB, new Color(0, 100, 200, 51))))
          .containsExactly(204, 224, 244);
      assertThat(pixel(stored(sixteenBits(true), 0, 65535, 0, 0))).containsExactly(255, 255, 255);
    }

    @Test
    void a_palette_gives_its_colours() throws Exception {
      byte[] reds = {0, 10};
      byte[] greens = {0, 120};
      byte[] blues = {0, (byte) 250};
      IndexColorModel model = new IndexColorModel(1, 2, reds, greens, blues);
      assertThat(pixel(stored(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_BINARY, model), 1)))
          .containsExactly(10, 120, 250);
    }

    @Test
    void a_jpeg_is_near_to_what_was_stored() throws Exception {
      for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY}) {
        BufferedImage image = new BufferedImage(16, 16, type);
        int[] grey = new int[image.getRaster().getNumBands()];
        java.util.Arrays.fill(grey, 100);
        Path file =
            TinyFiles.write(
                folder.resolve("x.jpg"), TinyFiles.encoded("jpeg", stored(image, grey)));
        for (byte value : PictureFile.read(file, 16)) {
          assertThat(value & 0xff).isBetween(98, 102);
        }
      }
    }

    /** The first pixel, after a way through a PNG file. */
    private int[] pixel(BufferedImage image) throws Exception {
      Path file = TinyFiles.write(folder.resolve("x.png"), TinyFiles.encoded("png", image));
      byte[] read = PictureFile.read(file, image.getHeight());
      return new int[] {read[0] & 0xff, read[1] & 0xff, read[2] & 0xff};
    }
  }

  @Nested
  class Centre {

    @Test
    void a_square_of_the_right_size_is_unchanged() {
      byte[] rgb = TinyFiles.noise(5 * 5 * 3, 1);
      assertThat(new Picture(5, 5, rgb).centre(5)).containsExactly(rgb);
    }

    @Test
    void the_middle_of_the_longer_side_is_kept() {
      // GIVEN columns of value 0, 10, ... 50, in either direction
      byte[] wide = columns(6, 2);
      byte[] tall = new byte[wide.length];
      for (int i = 0; i < 6 * 2; i++) {
        for (int c = 0; c < 3; c++) {
          tall[(i % 6 * 2 + i / 6) * 3 + c] = wide[3 * i + c];
        }
      }
      // THEN
      assertThat(red(new Picture(6, 2, wide).centre(2))).containsExactly(20, 30, 20, 30);
      assertThat(red(new Picture(2, 6, tall).centre(2))).containsExactly(20, 20, 30, 30);
    }

    @Test
    void halving_takes_the_mean_of_four() {
      assertThat(red(new Picture(4, 4, columns(4, 4)).centre(2))).containsExactly(5, 25, 5, 25);
    }

    @Test
    void a_share_of_a_pixel_counts_by_its_share() {
      // 3 columns 0, 10, 20 into 2: (0 + 10 / 2) / 1.5 = 3.33 and (10 / 2 + 20) / 1.5 = 16.67
      assertThat(red(new Picture(3, 3, columns(3, 3)).centre(2))).containsExactly(3, 17, 3, 17);
    }

    @Test
    void shrinking_keeps_the_mean_at_every_size() {
      byte[] rgb = TinyFiles.noise(37 * 37 * 3, 1);
      for (int size = 1; size <= 37; size++) {
        assertThat(mean(new Picture(37, 37, rgb).centre(size)))
            .isCloseTo(mean(rgb), org.assertj.core.data.Offset.offset(0.5));
      }
    }
  }

  private static byte[] columns(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3 % width * 10);
    }
    return rgb;
  }

  private static int[] red(byte[] rgb) {
    int[] red = new int[rgb.length / 3];
    for (int i = 0; i < red.length; i++) {
      red[i] = rgb[3 * i] & 0xff;
    }
    return red;
  }

  private static double mean(byte[] rgb) {
    double sum = 0;
    for (byte value : rgb) {
      sum += value & 0xff;
    }
    return sum / rgb.length;
  }

  private static BufferedImage filled(int type, Color colour) {
    BufferedImage image = new BufferedImage(2, 2, type);
    Graphics2D graphics = image.createGraphics();
    graphics.setComposite(java.awt.AlphaComposite.Src);
    graphics.setColor(colour);
    graphics.fillRect(0, 0, 2, 2);
    graphics.dispose();
    return image;
  }

  /** Every pixel with these samples. */
  private static BufferedImage stored(BufferedImage image, int... samples) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.getRaster().setPixel(x, y, samples);
      }
    }
    return image;
  }

  private static BufferedImage sixteenBits(boolean alpha) {
    ColorSpace space = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    int transparency = alpha ? java.awt.Transparency.TRANSLUCENT : java.awt.Transparency.OPAQUE;
    ComponentColorModel model =
        new ComponentColorModel(space, alpha, false, transparency, DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(2, 2);
    return new BufferedImage(model, raster, false, null);
  }
}
