package org.vqvae.core.wavenet;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one pass is about. Rows are time-major: all N sequences' first step, then all their second
 * ones, so that a shift in time is a shift of rows.
 *
 * @param sequences N
 * @param steps T
 * @param stretches T', the number of vectors c per sequence; each holds for T / T' steps
 * @param vectors c, {@code [T' * N, conditions]}, time-major; of no meaning without conditions
 * @param vectorsGradient dL/dc, to which every layer adds
 * @param ones {@code [1, T * N]}
 */
record Context(
    int sequences,
    int steps,
    int stretches,
    INDArray vectors,
    INDArray vectorsGradient,
    INDArray ones) {
  private static final int SPAN_ROWS = 4096;

  /**
   * Consecutive rows, whole stretches or whole steps. All layers work on one span before they turn
   * to the next, so that what one layer hands to the other is still in the cache.
   */
  record Span(long from, long rows) {

    long end() {
      return from + rows;
    }
  }

  long rows() {
    return (long) sequences * steps;
  }

  int stretchSteps() {
    return steps / stretches;
  }

  /**
   * The rows for which one row of c per sequence holds, or those of one step if it always holds.
   */
  private long unit() {
    return (long) sequences * (stretches == 1 ? 1 : stretchSteps());
  }

  /** All rows, in order, in spans of about the same length. */
  List<Span> spans() {
    long units = rows() / unit();
    long most = Math.max(1, SPAN_ROWS / unit());
    long count = (units + most - 1) / most;
    long length = (units + count - 1) / count * unit();
    List<Span> spans = new ArrayList<>();
    for (long from = 0; from < rows(); from += length) {
      spans.add(new Span(from, Math.min(length, rows() - from)));
    }
    return spans;
  }

  /** The rows of c that hold in a span. */
  Span conditions(Span span) {
    return stretches == 1
        ? new Span(0, sequences)
        : new Span(span.from / stretchSteps(), span.rows / stretchSteps());
  }
}
