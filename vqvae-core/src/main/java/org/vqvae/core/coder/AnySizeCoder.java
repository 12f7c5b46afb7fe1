package org.vqvae.core.coder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.data.Example;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.random.RandomStream;

/**
 * Encodes and decodes examples of any size with a model that was trained on examples of one.
 *
 * <p>An example is filled up with zeros, which is silence or grey, at the end of each dimension
 * until whole latents cover it; decoding drops what was filled up. In memory are at most {@value
 * #AT_ONCE} times {@value #PIECE} positions (samples or pixels), or rows of latents: what is larger
 * is cut along its first dimension (time, or rows of pixels) into pieces that overlap by the
 * network's reach, so that codes and data are those of the whole, but for the rounding of
 * floating-point sums. A network of unlimited reach, or with several maps of codes, gets the whole
 * in one piece.
 */
public final class AnySizeCoder {
  private static final int PIECE = 1 << 16;

  /** Pieces that are coded at once, each by a worker. */
  private static final int AT_ONCE = 4;

  private final ModelNetwork network;
  private final int piece;
  private final int[] strides;
  private final Map<Grid, ModelNetwork> networks = new HashMap<>();

  /** A coder of pieces of {@value #PIECE} positions. */
  public AnySizeCoder(ModelNetwork network) {
    this(network, PIECE);
  }

  /**
   * A coder that needs less memory for smaller pieces, and gives the same.
   *
   * @param piece about how many positions are coded at once, overlap aside
   */
  public AnySizeCoder(ModelNetwork network, int piece) {
    this.network = network;
    this.piece = piece;
    this.strides = strides(network.data().grid(), coarsest(network));
  }

  private static Grid coarsest(ModelNetwork network) {
    return network.codeShape().map(shape -> shape.map(0).grid()).orElse(network.latentGrid());
  }

  /** Positions per latent of the coarsest map, in each direction. */
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

  /**
   * The form of the codes of an example of that size.
   *
   * @throws IncompatibleException if it can be no size of this model's examples
   */
  public CodeShape shape(Grid original) {
    Grid covering = covering(original);
    return network.codeShape().orElseThrow().onGrids(scaled(covering));
  }

  /** Grids of latents of the trained size to those of another. */
  private UnaryOperator<Grid> scaled(Grid covering) {
    Grid trained = network.data().grid();
    return grid ->
        grid(i -> Math.toIntExact((long) grid.size(i) * covering.size(i) / trained.size(i)));
  }

  /** The smallest grid that whole latents cover and that an example of that size fits in. */
  public Grid covering(Grid original) {
    Grid trained = network.data().grid();
    if (original.rank() != trained.rank()) {
      throw new IncompatibleException(
          "this run's examples are of size %s, so %s can be no size of theirs; give as many numbers, with an x between"
              .formatted(trained, original));
    }
    return grid(
        i -> Math.toIntExact(((long) original.size(i) + strides[i] - 1) / strides[i] * strides[i]));
  }

  private Grid grid(IntUnaryOperator sizes) {
    return new Grid(IntStream.range(0, strides.length).map(sizes).toArray());
  }

  /** The codes of an example. */
  public Codes encode(Example example) {
    CodeShape shape = shape(example.spec().grid());
    Example filled = example.resized(covering(example.spec().grid()));
    if (shape.maps().size() > 1) {
      return whole(filled);
    }
    int[] codes = new int[shape.codes()];
    Pieces pieces = new Pieces(shape.map(0), network.dataReach());
    for (Pieces.Group group : pieces.groups()) {
      ModelNetwork resized = resized(pieces.data(group.grid()));
      float[] values = group.of(filled.values(), filled.spec().values() / pieces.rows());
      Codes all = resized.encode(FloatArrays.of(values, resized.data().batchShape(group.size())));
      group.keep(all.values(), codes, codes.length / pieces.rows());
    }
    networks.clear();
    return Codes.of(shape, codes);
  }

  private Codes whole(Example filled) {
    ModelNetwork resized = resized(filled.spec().grid());
    Codes codes = resized.encode(FloatArrays.of(filled.values(), resized.data().batchShape(1)));
    networks.clear();
    return codes;
  }

  /**
   * The example of that size that codes stand for.
   *
   * @param codes of {@link #shape} or of fewer levels of it
   * @param random where all chance comes from
   */
  public Example decode(Codes codes, Grid original, Condition condition, RandomStream random) {
    Grid covering = covering(original);
    DataSpec form = network.data().withGrid(covering);
    if (codes.shape().maps().size() > 1) {
      INDArray decoded = resized(covering).decode(codes, condition, random);
      networks.clear();
      return new Example(form, FloatArrays.read(decoded)).resized(original);
    }
    float[] values = new float[form.values()];
    int[] all = codes.values();
    Pieces pieces = new Pieces(codes.shape().map(0), network.latentReach());
    for (Pieces.Group group : pieces.groups()) {
      int[] some = group.of(all, all.length / pieces.rows());
      CodeShape shape = codes.shape().onGrids(grid -> group.grid());
      INDArray decoded =
          resized(pieces.data(group.grid()))
              .decode(Codes.of(shape, some), condition.repeated(group.size()), random);
      group.keep(FloatArrays.read(decoded), values, values.length / pieces.rows());
    }
    networks.clear();
    return new Example(form, values).resized(original);
  }

  /** What becomes of an example, in one piece: for models without codes. */
  public Example reconstruct(Example example, Condition condition, RandomStream random) {
    Example filled = example.resized(covering(example.spec().grid()));
    ModelNetwork resized = resized(filled.spec().grid());
    INDArray x = FloatArrays.of(filled.values(), resized.data().batchShape(1));
    float[] values = FloatArrays.read(resized.reconstruct(x, condition, random));
    networks.clear();
    return new Example(filled.spec(), values).resized(example.spec().grid());
  }

  /** The model for examples of a size that whole latents cover. */
  public ModelNetwork resized(Grid data) {
    return data.equals(network.data().grid())
        ? network
        : networks.computeIfAbsent(data, network::resized);
  }

  /** Rows of latents, cut into pieces. */
  private final class Pieces {
    private final Grid latents;
    private final int reach;
    private final int step;

    Pieces(CodeMap map, int reach) {
      this.latents = map.grid();
      this.reach = reach;
      long positions = (long) data(latents).positions() / rows();
      this.step = reach >= rows() ? rows() : (int) Math.max(1, Math.min(rows(), piece / positions));
    }

    /** The grid of the data that latents cover. */
    Grid data(Grid some) {
      return grid(i -> Math.multiplyExact(some.size(i), strides[i]));
    }

    int rows() {
      return latents.size(0);
    }

    /** All pieces in order, those of one size that follow one another together. */
    List<Group> groups() {
      List<Group> groups = new ArrayList<>();
      List<Piece> pieces = new ArrayList<>();
      for (int from = 0; from < rows(); from += step) {
        Piece next = piece(from);
        if (pieces.size() == AT_ONCE
            || (!pieces.isEmpty() && pieces.get(0).rows() != next.rows())) {
          groups.add(group(pieces));
          pieces.clear();
        }
        pieces.add(next);
      }
      groups.add(group(pieces));
      return groups;
    }

    private Piece piece(int from) {
      int to = Math.min(rows(), from + step);
      int first = (int) Math.max(0, (long) from - reach);
      int end = (int) Math.min(rows(), (long) to + reach);
      return new Piece(from, to, first, end);
    }

    private Group group(List<Piece> pieces) {
      int[] sizes = latents.sizes();
      sizes[0] = pieces.get(0).rows();
      return new Group(new Grid(sizes), List.copyOf(pieces));
    }

    /**
     * Rows {@code from} to {@code to} (exclusive), which with the overlap are {@code first} to
     * {@code end}.
     */
    private record Piece(int from, int to, int first, int end) {
      int rows() {
        return end - first;
      }
    }

    /** Pieces of one size, which are examples of one batch. */
    private record Group(Grid grid, List<Piece> pieces) {
      int size() {
        return pieces.size();
      }

      /** These pieces, overlap included, of a whole whose rows have that many values. */
      float[] of(float[] whole, int row) {
        float[] batch = new float[size() * pieces.get(0).rows() * row];
        copy(whole, batch, row);
        return batch;
      }

      int[] of(int[] whole, int row) {
        int[] batch = new int[size() * pieces.get(0).rows() * row];
        copy(whole, batch, row);
        return batch;
      }

      private void copy(Object whole, Object batch, int row) {
        for (int i = 0; i < size(); i++) {
          int length = pieces.get(i).rows() * row;
          System.arraycopy(whole, pieces.get(i).first * row, batch, i * length, length);
        }
      }

      /** Copies what is no overlap to its place in the whole. */
      void keep(Object batch, Object whole, int row) {
        for (int i = 0; i < size(); i++) {
          Piece piece = pieces.get(i);
          int start = (i * piece.rows() + piece.from - piece.first) * row;
          System.arraycopy(batch, start, whole, piece.from * row, (piece.to - piece.from) * row);
        }
      }
    }
  }
}
