package org.vqvae.core.nn;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where some examples are cut into parts for {@link org.vqvae.core.kernel.Workers}: by their number
 * and size alone.
 */
public final class Cut {
  /** More positions in a part are hardly faster; fewer are slower. */
  private static final int POSITIONS = 8192;

  private static final int MOST_EXAMPLES = 8;

  /** As many workers can share a small batch. */
  private static final int LEAST_PARTS = 4;

  private Cut() {}

  /**
   * A part: the examples {@code from} to {@code to} (exclusive).
   *
   * @param from the first example
   */
  public record Range(int from, int to) {

    public int size() {
      return to - from;
    }

    /**
     * The part's examples, {@code [size, ...]}.
     *
     * @return a view; what reads it must not use INDArray.get or slice, which are wrong for views
     *     (ND4J 1.0.0-M2.1)
     */
    public INDArray of(INDArray examples) {
      long[] shape = examples.shape().clone();
      shape[0] = size();
      long first = examples.offset() + (long) from * examples.stride(0);
      return Nd4j.create(examples.data(), shape, examples.stride(), first, examples.ordering());
    }
  }

  /**
   * The parts, in order and of about the same size.
   *
   * @param examples how many there are
   * @param positions of one example: pixels, samples or codes
   */
  public static List<Range> of(int examples, int positions) {
    return of(examples, positions, 1);
  }

  /**
   * The same, in at least so many parts, if there are as many examples.
   *
   * @param least so many parts
   */
  public static List<Range> of(int examples, int positions, int least) {
    int size = Math.max(1, Math.min(MOST_EXAMPLES, POSITIONS / positions));
    int wanted = Math.max((examples + size - 1) / size, Math.max(LEAST_PARTS, least));
    int count = Math.min(wanted, examples);
    return IntStream.range(0, count)
        .mapToObj(i -> new Range(place(examples, i, count), place(examples, i + 1, count)))
        .toList();
  }

  private static int place(int examples, int part, int count) {
    return (int) ((long) examples * part / count);
  }
}
