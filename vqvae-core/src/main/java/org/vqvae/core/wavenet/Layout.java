package org.vqvae.core.wavenet;

import java.util.ArrayList;
import java.util.List;

/**
 * How the rows of a pass lie: time-major, all N sequences' first step, then all their second ones,
 * so that a shift in time is a shift of rows.
 *
 * @param sequences N
 * @param steps T
 * @param frames T', the number of vectors c per sequence; each holds for T / T' steps
 */
record Layout(int sequences, int steps, int frames) {

  /** What one thread keeps in its cache: half as many rows are slower, more are no faster. */
  private static final long PART_ROWS = 1536;

  /** Consecutive rows. */
  record Span(long from, long rows) {

    boolean isEmpty() {
      return rows == 0;
    }

    long end() {
      return from + rows;
    }
  }

  /** T * N. */
  long rows() {
    return (long) sequences * steps;
  }

  /** T' * N, the rows of c. */
  long conditionRows() {
    return (long) sequences * frames;
  }

  /**
   * All rows, in order, in spans of whole steps and about the same length. All layers work on one
   * span before they turn to the next, so that what one layer hands to the other is still in the
   * cache.
   *
   * @param members how many share a span
   */
  List<Span> spans(int members) {
    long most = members * stepsOfPart();
    long count = (steps + most - 1) / most;
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      spans.add(part(new Span(0, rows()), i, count));
    }
    return spans;
  }

  /** One of {@code count} parts of a span of whole steps, in order and of about the same length. */
  Span part(Span span, long index, long count) {
    long spanSteps = span.rows / sequences;
    long from = spanSteps * index / count * sequences;
    long end = spanSteps * (index + 1) / count * sequences;
    return new Span(span.from + from, end - from);
  }

  private long stepsOfPart() {
    return Math.max(1, PART_ROWS / sequences);
  }

  /** The rows of the longest part that a member has of a span. */
  long longestPart() {
    return stepsOfPart() * sequences;
  }

  /** The rows of c that hold somewhere in a span. */
  Span conditions(Span span) {
    long frameRows = rows() / frames;
    long from = span.from / frameRows;
    long end = (span.end() + frameRows - 1) / frameRows;
    return new Span(from * sequences, (end - from) * sequences);
  }

  /** Whether every step has a row of c of its own. */
  boolean hasFramePerStep() {
    return frames == steps;
  }

  /** A span in pieces: in each, one row of c per sequence holds. */
  List<Span> pieces(Span span) {
    long frameRows = rows() / frames;
    List<Span> pieces = new ArrayList<>();
    for (long from = span.from; from < span.end(); ) {
      long end = Math.min(span.end(), (from / frameRows + 1) * frameRows);
      pieces.add(new Span(from, end - from));
      from = end;
    }
    return pieces;
  }
}
