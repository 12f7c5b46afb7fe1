package org.vqvae.image.report;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.data.Example;

/**
 * Pictures as data: values from -0.5 (black) to +0.5 (white).
 *
 * @param values {@code [count, height, width, channels]}, channels-last; not copied
 * @param channels 1 for grey, 3 for red, green, blue
 */
public record Images(float[] values, int count, int height, int width, int channels) {

  public Images {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "pictures have 1 or 3 channels but these have " + channels);
    }
    if (count < 1
        || height < 1
        || width < 1
        || values.length != count * height * width * channels) {
      throw new IllegalArgumentException(
          "%d values are not [%d, %d, %d, %d]"
              .formatted(values.length, count, height, width, channels));
    }
  }

  /** Copies {@code [N, H, W, C]} out of an array of any layout. */
  public static Images of(INDArray array) {
    if (array.rank() != 4) {
      throw new IllegalArgumentException(
          "pictures are [N, H, W, C] but the shape is " + Arrays.toString(array.shape()));
    }
    float[] values = array.castTo(DataType.FLOAT).dup('c').data().asFloat();
    return new Images(
        values, (int) array.size(0), (int) array.size(1), (int) array.size(2), (int) array.size(3));
  }

  /** Pictures of one form. */
  public static Images of(List<Example> examples) {
    DataSpec form = examples.get(0).spec();
    float[] values = new float[examples.size() * form.values()];
    for (int i = 0; i < examples.size(); i++) {
      System.arraycopy(examples.get(i).values(), 0, values, i * form.values(), form.values());
    }
    Grid grid = form.grid();
    return new Images(values, examples.size(), grid.size(0), grid.size(1), form.channels());
  }

  /** The pictures {@code from} (inclusive) to {@code to} (exclusive). */
  public Images slice(int from, int to) {
    int size = height * width * channels;
    return new Images(
        Arrays.copyOfRange(values, from * size, to * size), to - from, height, width, channels);
  }

  /** The opaque ARGB colour of a point: values beyond black and white are cut off, NaN is black. */
  int argb(int image, int y, int x) {
    int at = ((image * height + y) * width + x) * channels;
    int red = level(values[at]);
    int green = channels == 1 ? red : level(values[at + 1]);
    int blue = channels == 1 ? red : level(values[at + 2]);
    return 0xFF000000 | red << 16 | green << 8 | blue;
  }

  private static int level(float value) {
    return Math.max(0, Math.min(255, Math.round((value + 0.5f) * 255)));
  }
}
