package org.vqvae.core.experiment;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.data.Example;
import org.vqvae.core.graph.Autoencoder;
import org.vqvae.core.graph.Codec;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.random.RandomStream;

/**
 * Encodes and decodes examples of any size with an autoencoder that was trained on examples of one.
 *
 * <p>An example is filled up with zeros, which is silence or grey, at the end of each dimension
 * until whole latents cover it; decoding drops what was filled up. In memory are at most {@value
 * #PIECE} positions (samples or pixels) at once, or one row of latents: what is larger is cut along
 * its first dimension (time, or rows of pixels) into pieces that overlap by the network's reach, so
 * that codes and data are those of the whole, but for the rounding of floating-point sums. A
 * network of unlimited reach gets the whole in one piece.
 */
final class AnySizeCoder {
  static final int PIECE = 1 << 16;

  private final Autoencoder autoencoder;
  private final int piece;
  private final int[] strides;
  private final Map<Grid, Codec> codecs = new HashMap<>();

  AnySizeCoder(Autoencoder autoencoder) {
    this(autoencoder, PIECE);
  }

  /**
   * @param piece about how many positions are coded at once, overlap aside
   */
  AnySizeCoder(Autoencoder autoencoder, int piece) {
    this.autoencoder = autoencoder;
    this.piece = piece;
    this.strides = strides(autoencoder.data().grid(), autoencoder.codeSpace().grid());
  }

  /** Positions per latent, in each direction. */
  private static int[] strides(Grid data, Grid latents) {
    int[] strides = new int[latents.rank()];
    for (int i = 0; i < strides.length; i++) {
      strides[i] = data.rank() == latents.rank() ? data.size(i) / latents.size(i) : 0;
      if (strides[i] * latents.size(i) != data.size(i)) {
        throw new IncompatibleException(
            "this run's encoder makes latents of grid %s out of examples of grid %s, so not each stands for equally many values: it cannot code examples of other sizes"
                .formatted(latents, data));
      }
    }
    return strides;
  }

  /** The form of the codes of an example of that size. */
  CodeSpace space(Grid original) {
    int[] sizes = new int[strides.length];
    Arrays.setAll(sizes, i -> (int) (((long) original.size(i) + strides[i] - 1) / strides[i]));
    return new CodeSpace(autoencoder.codeSpace().codebookSize(), new Grid(sizes));
  }

  /** The smallest grid that whole latents cover and that an example of that size fits in. */
  Grid covering(Grid original) {
    return times(space(original).grid());
  }

  /** The codes of an example, in raster order. */
  int[] encode(Example example) {
    CodeSpace space = space(example.spec().grid());
    Example filled = example.resized(covering(example.spec().grid()));
    int[] codes = new int[space.positions()];
    Cut cut = new Cut(space.grid(), autoencoder.codec().dataReach());
    for (int from = 0; from < cut.rows(); from += cut.step()) {
      Cut.Part part = cut.part(from);
      Codec codec = codec(part.grid());
      float[] values = part.of(filled.values(), filled.spec().values() / cut.rows());
      int[] all = codec.encode(FloatArrays.of(values, codec.data().batchShape(1)));
      part.keep(all, codes, codes.length / cut.rows());
    }
    codecs.clear();
    return codes;
  }

  /**
   * The example of that size that codes stand for.
   *
   * @param label its class, -1 for none
   * @param random where all chance comes from
   */
  Example decode(int[] codes, Grid original, int label, RandomStream random) {
    Grid latents = space(original).grid();
    DataSpec form = autoencoder.data().withGrid(covering(original));
    float[] values = new float[form.values()];
    int @Nullable [] labels = label < 0 ? null : new int[] {label};
    Cut cut = new Cut(latents, autoencoder.codec().latentReach());
    for (int from = 0; from < cut.rows(); from += cut.step()) {
      Cut.Part part = cut.part(from);
      int[] some = part.of(codes, codes.length / cut.rows());
      float[] all = FloatArrays.read(codec(part.grid()).decode(some, labels, random));
      part.keep(all, values, values.length / cut.rows());
    }
    codecs.clear();
    return new Example(form, values).resized(original);
  }

  private Codec codec(Grid latents) {
    Grid data = times(latents);
    return data.equals(autoencoder.data().grid())
        ? autoencoder.codec()
        : codecs.computeIfAbsent(data, autoencoder::codec);
  }

  private Grid times(Grid latents) {
    return new Grid(
        IntStream.range(0, strides.length)
            .map(i -> Math.multiplyExact(latents.size(i), strides[i]))
            .toArray());
  }

  /** Rows of latents, cut into pieces. */
  private final class Cut {
    private final Grid latents;
    private final int reach;
    private final int step;

    Cut(Grid latents, int reach) {
      this.latents = latents;
      this.reach = reach;
      long positions = (long) times(latents).positions() / rows(latents);
      this.step =
          reach >= rows(latents)
              ? rows(latents)
              : (int) Math.max(1, Math.min(rows(latents), piece / positions));
    }

    private static int rows(Grid latents) {
      return latents.size(0);
    }

    int rows() {
      return rows(latents);
    }

    int step() {
      return step;
    }

    Part part(int from) {
      int to = Math.min(rows(), from + step);
      int first = (int) Math.max(0, (long) from - reach);
      int end = (int) Math.min(rows(), (long) to + reach);
      int[] sizes = latents.sizes();
      sizes[0] = end - first;
      return new Part(from, to, first, end, new Grid(sizes));
    }

    /**
     * Rows {@code from} to {@code to} (exclusive), which with the overlap are {@code first} to
     * {@code end}.
     */
    private record Part(int from, int to, int first, int end, Grid grid) {

      /** This part, overlap included, of a whole whose rows have that many values. */
      float[] of(float[] whole, int row) {
        return Arrays.copyOfRange(whole, first * row, end * row);
      }

      int[] of(int[] whole, int row) {
        return Arrays.copyOfRange(whole, first * row, end * row);
      }

      /** Copies what is no overlap to its place in the whole. */
      void keep(Object part, Object whole, int row) {
        System.arraycopy(part, (from - first) * row, whole, from * row, (to - from) * row);
      }
    }
  }
}
