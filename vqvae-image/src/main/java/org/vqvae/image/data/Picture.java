package org.vqvae.image.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * A picture in 8-bit red, green and blue, whatever it was stored as.
 *
 * <p>Grey becomes equal red, green and blue (not what {@link BufferedImage#getRGB} makes of it,
 * which is brighter), 16 bits become 8, and what is transparent lies on white. Colour profiles are
 * not applied.
 *
 * @param rgb {@code width * height * 3} bytes, row by row, channels last
 */
record Picture(int width, int height, byte[] rgb) {
  private static final int WHITE = 255;

  static Picture of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    Row row =
        image.getColorModel() instanceof IndexColorModel ? paletteRow(image) : sampleRow(image);
    for (int y = 0; y < height; y++) {
      int[] rgba = row.read(y);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          rgb[(y * width + x) * 3 + c] = (byte) onWhite(rgba[4 * x + c], rgba[4 * x + 3]);
        }
      }
    }
    return new Picture(width, height, rgb);
  }

  /** The pixels of one row as red, green, blue, opacity, each 0...255. */
  private interface Row {
    int[] read(int y);
  }

  private static Row paletteRow(BufferedImage image) {
    int width = image.getWidth();
    return y -> {
      int[] rgba = new int[4 * width];
      for (int x = 0; x < width; x++) {
        int argb = image.getRGB(x, y);
        rgba[4 * x] = argb >> 16 & 0xff;
        rgba[4 * x + 1] = argb >> 8 & 0xff;
        rgba[4 * x + 2] = argb & 0xff;
        rgba[4 * x + 3] = argb >>> 24;
      }
      return rgba;
    };
  }

  private static Row sampleRow(BufferedImage image) {
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int bands = raster.getNumBands();
    int colours = bands < 3 ? 1 : 3;
    int max = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    return y -> {
      int[] samples = raster.getPixels(0, y, width, 1, (int[]) null);
      int[] rgba = new int[4 * width];
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          rgba[4 * x + c] = eightBits(samples[bands * x + Math.min(c, colours - 1)], max);
        }
        rgba[4 * x + 3] = bands > colours ? eightBits(samples[bands * x + colours], max) : WHITE;
      }
      return rgba;
    };
  }

  private static int eightBits(int sample, int max) {
    return (sample * 255 + max / 2) / max;
  }

  /** One byte a pixel: 0.299 red + 0.587 green + 0.114 blue. */
  byte[] grey() {
    byte[] grey = new byte[rgb.length / 3];
    for (int i = 0; i < grey.length; i++) {
      int sum = 299 * (rgb[3 * i] & 0xff) + 587 * (rgb[3 * i + 1] & 0xff);
      grey[i] = (byte) ((sum + 114 * (rgb[3 * i + 2] & 0xff) + 500) / 1000);
    }
    return grey;
  }

  private static int onWhite(int value, int opacity) {
    return (value * opacity + WHITE * (255 - opacity) + 127) / 255;
  }

  /**
   * The square in the middle, shrunk to {@code size}: each new pixel is the mean of the area that
   * it covers.
   */
  byte[] centre(int size) {
    int side = Math.min(width, height);
    Span[] rows = Span.across(size, (height - side) / 2, side);
    Span[] columns = Span.across(size, (width - side) / 2, side);
    byte[] small = new byte[size * size * 3];
    double[] sum = new double[3];
    for (int i = 0; i < small.length / 3; i++) {
      sum(rows[i / size], columns[i % size], sum);
      double area = (double) side / size * side / size;
      for (int c = 0; c < 3; c++) {
        small[3 * i + c] = (byte) (int) Math.min(255, sum[c] / area + 0.5);
      }
    }
    return small;
  }

  private void sum(Span rows, Span columns, double[] sum) {
    sum[0] = sum[1] = sum[2] = 0;
    for (int y = rows.first(); y < rows.end(); y++) {
      for (int x = columns.first(); x < columns.end(); x++) {
        double weight = rows.share(y) * columns.share(x);
        for (int c = 0; c < 3; c++) {
          sum[c] += weight * (rgb[(y * width + x) * 3 + c] & 0xff);
        }
      }
    }
  }

  /** What a new pixel covers of the old ones, in one direction. */
  private record Span(double from, double to, int first, int end) {

    static Span[] across(int count, int start, int length) {
      Span[] spans = new Span[count];
      for (int i = 0; i < count; i++) {
        double from = start + (double) i * length / count;
        double to = start + (double) (i + 1) * length / count;
        spans[i] = new Span(from, to, (int) from, (int) Math.ceil(to));
      }
      return spans;
    }

    /** How much of an old pixel. */
    double share(int pixel) {
      return Math.min(pixel + 1, to) - Math.max(pixel, from);
    }
  }
}
