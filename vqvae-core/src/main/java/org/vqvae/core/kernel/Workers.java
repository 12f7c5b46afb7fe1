package org.vqvae.core.kernel;

/**
 * The threads that compute, each with kernels of its own: the one way to be parallel.
 *
 * <p>Work is cut into parts by its size alone, never by the number of workers, and whoever is free
 * takes the next part, so that a worker that the machine puts aside is helped. What comes out is
 * the same with any number of workers, if what the parts give is put together in their order.
 */
public interface Workers extends AutoCloseable {

  /** The number of workers, at least 1. */
  int size();

  /** The kernels of a worker, to be used on its thread, or on the caller's between runs. */
  Kernels kernels(int worker);

  /**
   * Does all parts and returns when all are done. Worker 0 is the thread that calls. Parts are
   * begun in their order, so that one may wait for those before it. A run from within a part does
   * its parts on that worker, one after the other. No part changes weights that another reads by
   * way of a convolution.
   *
   * @throws RuntimeException what the first part threw that failed; parts not begun are left out
   * @throws IllegalStateException if the workers are closed
   */
  void run(int parts, Part part);

  /** Whether a run would be shared now: not within a part of another one. */
  boolean areFree();

  /** Ends the threads, and frees the kernels. */
  @Override
  void close();

  /** A part of some work. */
  @FunctionalInterface
  interface Part {

    /**
     * Does it.
     *
     * @param part 0 ... parts - 1
     * @param worker 0 ... {@link #size} - 1
     * @param progress of all parts in this run
     */
    void run(int part, int worker, Progress progress);
  }

  /** The thread that calls, for work that needs no kernels. */
  static Workers caller() {
    return new OneWorker(null);
  }

  /** The thread that calls, with these kernels. */
  static Workers of(Kernels kernels) {
    return new OneWorker(kernels);
  }
}
