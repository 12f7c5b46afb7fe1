package org.vqvae.core.kernel;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.ConvolutionSpec.Window;

/**
 * The pieces of a convolution of one example along its rows, or along time if it is sound.
 *
 * <p>A convolution takes its long side to its short one, a transposed convolution the short one to
 * the long one: {@code short(i)} belongs with {@code long(i s - p) ... long(i s - p + (k - 1) d)}.
 * A piece is a range of either side and what belongs with it of the other. Where that reaches
 * beyond the range of the long side, the piece has padding of its own.
 *
 * @param spec of the whole
 * @param isTransposed whether the short side is the input
 */
record Cuts(ConvolutionSpec spec, boolean isTransposed) {
  private static final int PIECES = 4;

  /** What one worker does in some tenths of a millisecond. */
  private static final double LEAST_PRODUCTS = 8e6;

  /** With fewer it takes longer to reorder the weights for each piece than the pieces save. */
  private static final int LEAST_POSITIONS = 1024;

  /**
   * A piece.
   *
   * @param spec of the piece
   * @param input the range of the input, as of the first dimension of rows
   */
  record Piece(ConvolutionSpec spec, Range input, Range output) {

    INDArray input(INDArray x) {
      return input.of(x);
    }

    INDArray output(INDArray y) {
      return output.of(y);
    }
  }

  /** The rows {@code from} to {@code to} (exclusive); moments, if there is one row. */
  record Range(int from, int to) {

    int size() {
      return to - from;
    }

    /** A view of {@code [1, H, W, C]}. */
    INDArray of(INDArray example) {
      long[] shape = example.shape().clone();
      int axis = shape[1] > 1 ? 1 : 2;
      long row = axis == 1 ? shape[2] * shape[3] : shape[3];
      shape[axis] = size();
      return Views.view(
          example,
          from * row,
          shape,
          new long[] {shape[1] * shape[2] * shape[3], shape[2] * shape[3], shape[3], 1});
    }
  }

  /** Whether there is one example, and enough of it to be shared. */
  boolean areWorthIt() {
    Window w = spec.window();
    double positions = (double) shortSize() * columns();
    double products =
        positions * w.kernelHeight() * w.kernelWidth() * spec.inChannels() * spec.outChannels();
    return spec.batch() == 1
        && isSound() == (isTransposed ? spec.transposedOutHeight() == 1 : spec.outHeight() == 1)
        && shortSize() >= 2 * PIECES
        && reach() >= stride()
        && (shortSize() - 1) * stride() + reach() == longSize() + before() + after()
        && positions >= LEAST_POSITIONS
        && products >= LEAST_PRODUCTS;
  }

  /** The positions of the short side in a row, if rows are cut. */
  private int columns() {
    if (isSound()) {
      return 1;
    }
    return isTransposed ? spec.width() : spec.outWidth();
  }

  /** Pieces that share out the output. */
  List<Piece> byOutput() {
    return isTransposed ? byLong() : byShort();
  }

  /** Pieces that share out the input. */
  List<Piece> byInput() {
    return isTransposed ? byShort() : byLong();
  }

  private List<Piece> byShort() {
    return IntStream.range(0, PIECES)
        .mapToObj(i -> new Range(border(shortSize(), i), border(shortSize(), i + 1)))
        .map(range -> piece(range, longOf(range)))
        .toList();
  }

  /** Borders at whole strides, where what belongs to a range begins with it or before. */
  private List<Piece> byLong() {
    int strides = (longSize() + stride() - 1) / stride();
    return IntStream.range(0, PIECES)
        .mapToObj(
            i ->
                new Range(
                    border(strides, i) * stride(),
                    Math.min(longSize(), border(strides, i + 1) * stride())))
        .map(range -> piece(shortOf(range), range))
        .toList();
  }

  private static int border(int size, int piece) {
    return (int) ((long) size * piece / PIECES);
  }

  private Range longOf(Range ofShort) {
    return new Range(
        Math.max(0, ofShort.from * stride() - before()),
        Math.min(longSize(), (ofShort.to - 1) * stride() - before() + reach()));
  }

  private Range shortOf(Range ofLong) {
    return new Range(
        Math.max(0, -Math.floorDiv(reach() - 1 - ofLong.from - before(), stride())),
        Math.min(shortSize(), (ofLong.to - 1 + before()) / stride() + 1));
  }

  private Piece piece(Range ofShort, Range ofLong) {
    int start = ofShort.from * stride() - before();
    int end = (ofShort.to - 1) * stride() - before() + reach();
    Window window = padded(ofLong.from - start, end - ofLong.to);
    Range input = isTransposed ? ofShort : ofLong;
    ConvolutionSpec own =
        new ConvolutionSpec(
            spec.type(),
            1,
            isSound() ? 1 : input.size(),
            isSound() ? input.size() : spec.width(),
            spec.inChannels(),
            spec.outChannels(),
            window,
            spec.epilogue());
    return new Piece(own, input, isTransposed ? ofLong : ofShort);
  }

  private Window padded(int before, int after) {
    Window w = spec.window();
    return new Window(
        w.kernelHeight(),
        w.kernelWidth(),
        w.strideHeight(),
        w.strideWidth(),
        isSound() ? w.padTop() : before,
        isSound() ? before : w.padLeft(),
        isSound() ? w.padBottom() : after,
        isSound() ? after : w.padRight(),
        w.dilationHeight(),
        w.dilationWidth());
  }

  private boolean isSound() {
    return spec.height() == 1;
  }

  private int longSize() {
    if (isTransposed) {
      return isSound() ? spec.transposedOutWidth() : spec.transposedOutHeight();
    }
    return isSound() ? spec.width() : spec.height();
  }

  private int shortSize() {
    if (isTransposed) {
      return isSound() ? spec.width() : spec.height();
    }
    return isSound() ? spec.outWidth() : spec.outHeight();
  }

  private int stride() {
    return isSound() ? spec.window().strideWidth() : spec.window().strideHeight();
  }

  /** How many rows of the long side a row of the short one looks at, gaps included. */
  private int reach() {
    Window w = spec.window();
    return isSound()
        ? (w.kernelWidth() - 1) * w.dilationWidth() + 1
        : (w.kernelHeight() - 1) * w.dilationHeight() + 1;
  }

  private int before() {
    return isSound() ? spec.window().padLeft() : spec.window().padTop();
  }

  private int after() {
    return isSound() ? spec.window().padRight() : spec.window().padBottom();
  }
}
