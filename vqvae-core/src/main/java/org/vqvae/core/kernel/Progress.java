package org.vqvae.core.kernel;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** How many steps each part of a run has done, so that the parts after it can wait for it. */
public final class Progress {

  /** Counters on cache lines of their own: who waits must not slow down who counts. */
  private static final int APART = 32;

  /** Some tenths of a millisecond: after that the processor is better left to others. */
  private static final int SPINS = 20_000;

  private static final long NAP_NANOS = 10_000;

  private final AtomicIntegerArray done;
  private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

  private record Failure(int part, Throwable cause) {}

  Progress(int parts) {
    done = new AtomicIntegerArray((parts + 1) * APART);
  }

  /** Says that a part has done so many steps: what it wrote until now may be read. */
  public void done(int part, int steps) {
    done.setRelease(place(part), steps);
  }

  /**
   * Waits until each of the parts {@code from ... to - 1}, all before the one that waits, has done
   * so many steps.
   *
   * @throws IllegalStateException if a part failed, and may never do them
   */
  public void await(int from, int to, int steps) {
    for (int part = from; part < to; part++) {
      for (int spins = 0; done.getAcquire(place(part)) < steps; spins++) {
        if (failure.get() != null) {
          throw new IllegalStateException("another part of the run failed");
        }
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(NAP_NANOS);
        }
      }
    }
  }

  private static int place(int part) {
    return (part + 1) * APART; // away from the array's length, too
  }

  /** Ends all waits. */
  void fail(int part, Throwable cause) {
    Failure own = new Failure(part, cause);
    failure.accumulateAndGet(own, (old, it) -> old == null || it.part < old.part ? it : old);
  }

  boolean hasFailed() {
    return failure.get() != null;
  }

  /** Throws what the first part threw that failed, if any did. */
  void requireSuccess() {
    Failure failed = failure.get();
    Throwable first = failed == null ? null : failed.cause;
    if (first instanceof RuntimeException e) {
      throw e;
    }
    if (first instanceof Error e) {
      throw e;
    }
    if (first != null) {
      throw new IllegalStateException(first);
    }
  }
}
