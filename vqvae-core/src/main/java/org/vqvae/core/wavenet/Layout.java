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

  /** What a worker keeps in its cache: more rows are no faster. */
  private static final long MOST_ROWS = 1536;

  /** Fewer rows are slower: 640 by some 4 %, 320 by some 12 %. */
  private static final long LEAST_ROWS = 640;

  /** Blocks that there should be, if they are long enough, so that workers can share them. */
  private static final long SHARED = 4;

  /** Consecutive rows. */
  record Span(long from, long rows) {

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
   * All rows, in order, in blocks of whole steps and about the same length, which depend on the
   * layout alone. All layers work on one block before they turn to the next, so that what one layer
   * hands to the other is still in the cache.
   */
  List<Span> blocks() {
    long most = stepsOfBlock();
    long count = (steps + most - 1) / most;
    List<Span> blocks = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      long from = steps * i / count * sequences;
      blocks.add(new Span(from, steps * (i + 1) / count * sequences - from));
    }
    return blocks;
  }

  private long stepsOfBlock() {
    long rows = Math.min(MOST_ROWS, Math.max(LEAST_ROWS, (rows() + SHARED - 1) / SHARED));
    return Math.max(1, rows / sequences);
  }

  /** The rows of the longest block. */
  long longestBlock() {
    return Math.min(steps, stepsOfBlock()) * sequences;
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
