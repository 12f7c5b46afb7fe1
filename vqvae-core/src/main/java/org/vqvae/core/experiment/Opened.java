package org.vqvae.core.experiment;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was opened, in order. It is closed in the opposite order, all of it, unless it is
 * {@linkplain #keep kept}.
 */
final class Opened implements AutoCloseable {
  private final Deque<Open> open = new ArrayDeque<>();

  /** Something that is closed without a checked exception. */
  interface Open {
    void close();
  }

  /** Notes how to close what was just opened. */
  void add(Open next) {
    open.push(next);
  }

  /** Hands all of it to somebody who closes it later. */
  Opened keep() {
    Opened kept = new Opened();
    kept.open.addAll(open);
    open.clear();
    return kept;
  }

  /**
   * Closes all of it.
   *
   * @throws RuntimeException the first fault, with those after it as suppressed
   */
  @Override
  public void close() {
    RuntimeException fault = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (RuntimeException e) {
        if (fault == null) {
          fault = e;
        } else {
          fault.addSuppressed(e);
        }
      }
    }
    if (fault != null) {
      throw fault;
    }
  }
}
