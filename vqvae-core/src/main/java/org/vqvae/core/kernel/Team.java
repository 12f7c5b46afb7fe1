package org.vqvae.core.kernel;

/**
 * Kernels that work side by side, each on a thread of its own: for computations of parts that
 * seldom wait for each other, where threads that share every single operation would wait after
 * each.
 */
public interface Team {

  /** The number of members, at least 1. */
  int size();

  /** The kernels of a member, to be used by its part alone. */
  Kernels kernels(int member);

  /**
   * Does all members' parts at the same time, and returns when all have ended. What a part throws
   * first is thrown, once the others have ended or waited for it in vain. One run at a time, and
   * none from within a part.
   *
   * @throws IllegalStateException if the kernels are closed
   */
  void run(Part part);

  /** What each member does. */
  @FunctionalInterface
  interface Part {

    /**
     * Does it.
     *
     * @param member 0 ... size - 1
     * @param progress of all members in this run
     */
    void run(int member, Progress progress);
  }

  /** A team of one, the caller. */
  static Team of(Kernels kernels) {
    return new Team() {
      @Override
      public int size() {
        return 1;
      }

      @Override
      public Kernels kernels(int member) {
        return kernels;
      }

      @Override
      public void run(Part part) {
        part.run(0, new Progress(1));
      }
    };
  }
}
