package org.vqvae.core.kernel;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** How many steps of a run each member of a team has done, so that others can wait for it. */
public final class Progress {

  /** Counters on cache lines of their own: who waits must not slow down who counts. */
  private static final int APART = 32;

  /** Some tenths of a millisecond: after that the processor is better left to others. */
  private static final int SPINS = 20_000;

  private static final long NAP_NANOS = 10_000;

  private final AtomicIntegerArray done;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  Progress(int members) {
    done = new AtomicIntegerArray((members + 1) * APART);
  }

  /** Says that a member has done so many steps: what it wrote until now may be read. */
  public void done(int member, int steps) {
    done.setRelease(place(member), steps);
  }

  /**
   * Waits until each of the members {@code from ... to - 1} has done so many steps.
   *
   * @throws IllegalStateException if a member failed, and may never do them
   */
  public void await(int from, int to, int steps) {
    for (int member = from; member < to; member++) {
      for (int spins = 0; done.getAcquire(place(member)) < steps; spins++) {
        if (failure.get() != null) {
          throw new IllegalStateException("another member of the team failed");
        }
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(NAP_NANOS);
        }
      }
    }
  }

  private static int place(int member) {
    return (member + 1) * APART; // away from the array's length, too
  }

  /** Ends all waits, if this is the first failure. */
  void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
  }

  /** Throws what failed first, if anything did. */
  void requireSuccess() {
    Throwable first = failure.get();
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
