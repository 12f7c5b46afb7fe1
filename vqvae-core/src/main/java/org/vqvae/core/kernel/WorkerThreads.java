package org.vqvae.core.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Workers of which the first is the thread that calls, and each of the others a thread that lasts:
 * oneDNN wants a primitive to run where it was made.
 */
final class WorkerThreads implements Workers {
  /** Some hundredths of a millisecond, as long as it takes to wake a thread. */
  private static final int SPINS = 2_000;

  private static final long NAP_NANOS = 50_000;

  private final List<Kernels> kernels = new ArrayList<>();
  private final List<Thread> others = new ArrayList<>();
  private volatile @Nullable Run current;
  private volatile boolean closed;
  private boolean running;

  /**
   * Starts the threads.
   *
   * @param size how many workers, at least 1
   * @param maker makes each one's kernels, given the workers that these share out work to
   */
  WorkerThreads(int size, Function<? super Workers, ? extends Kernels> maker) {
    if (size > 1) {
      NativeThreads.useOne(); // loads the natives, too, before several threads ask for them
    }
    kernels.add(maker.apply(this));
    for (int worker = 1; worker < size; worker++) {
      kernels.add(maker.apply(new Alone(worker)));
    }
    for (int worker = 1; worker < size; worker++) {
      int own = worker;
      Thread thread = new Thread(() -> work(own), "vqvae-worker-" + worker);
      thread.setDaemon(true);
      others.add(thread);
      thread.start();
    }
  }

  @Override
  public int size() {
    return kernels.size();
  }

  @Override
  public Kernels kernels(int worker) {
    return kernels.get(worker);
  }

  @Override
  public void run(int parts, Part part) {
    if (closed) {
      throw new IllegalStateException("these kernels are closed");
    }
    if (parts < 0) {
      throw new IllegalArgumentException("parts: expected at least 0 but was " + parts);
    }
    if (running || parts <= 1) {
      runHere(parts, part);
      return;
    }
    running = true;
    try {
      NativeThreads.useOneHere();
      share(new Run(parts, part, Thread.currentThread()));
    } finally {
      running = false;
    }
  }

  /** Does all parts on the worker whose thread calls. */
  private void runHere(int parts, Part part) {
    int worker = 1 + others.indexOf(Thread.currentThread());
    Progress progress = new Progress(parts);
    for (int i = 0; i < parts; i++) {
      part.run(i, worker, progress);
    }
  }

  private void share(Run run) {
    current = run;
    others.stream().limit(run.parts - 1L).forEach(LockSupport::unpark);
    try {
      run.work(0, kernels.get(0));
      run.await();
    } finally {
      current = null;
    }
    run.progress.requireSuccess();
  }

  @Override
  public boolean areFree() {
    return !running;
  }

  /** What each of the other threads does: its share of every run. */
  private void work(int worker) {
    NativeThreads.useOneHere();
    int spins = 0;
    while (!closed) {
      Run run = current;
      if (run != null && run.isOpen()) {
        run.work(worker, kernels.get(worker));
        spins = 0;
      } else if (spins++ < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        Thread.interrupted(); // an interrupt means nothing here, but parking would end at once
      }
    }
    kernels.get(worker).close();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (others.contains(Thread.currentThread())) {
      throw new IllegalStateException("workers are closed between their runs, not within a part");
    }
    closed = true;
    others.forEach(LockSupport::unpark);
    boolean interrupted = false;
    for (Thread thread : others) {
      interrupted |= !ended(thread);
    }
    kernels.get(0).close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean ended(Thread thread) {
    try {
      thread.join();
      return true;
    } catch (InterruptedException e) {
      return false; // it ends by itself
    }
  }

  /** Parts of which every worker takes the next one. */
  private static final class Run {
    private final int parts;
    private final Part part;
    private final Thread caller;
    private final Progress progress;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    Run(int parts, Part part, Thread caller) {
      this.parts = parts;
      this.part = part;
      this.caller = caller;
      this.progress = new Progress(parts);
    }

    boolean isOpen() {
      return begun.get() < parts;
    }

    void work(int worker, Kernels kernels) {
      kernels.beginParts();
      try {
        work(worker);
      } finally {
        kernels.endParts();
      }
    }

    private void work(int worker) {
      for (int i = begun.getAndIncrement(); i < parts; i = begun.getAndIncrement()) {
        try {
          if (!progress.hasFailed()) {
            part.run(i, worker, progress);
          }
        } catch (Throwable e) {
          progress.fail(i, e);
        }
        if (ended.incrementAndGet() == parts) {
          LockSupport.unpark(caller);
        }
      }
    }

    /** Waits for the parts that others have begun. */
    void await() {
      for (int spins = 0; ended.get() < parts; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(NAP_NANOS);
        }
      }
    }
  }

  /** What a worker's kernels share out, it does itself. */
  private final class Alone implements Workers {
    private final int worker;

    Alone(int worker) {
      this.worker = worker;
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public Kernels kernels(int ignored) {
      return kernels.get(worker);
    }

    @Override
    public void run(int parts, Part part) {
      new OneWorker(kernels.get(worker)).run(parts, part);
    }

    @Override
    public boolean areFree() {
      return false;
    }

    @Override
    public void close() {}
  }
}
