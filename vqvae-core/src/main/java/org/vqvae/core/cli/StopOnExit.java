package org.vqvae.core.cli;

import java.util.concurrent.CountDownLatch;
import org.vqvae.core.training.StopSignal;

/**
 * Turns Ctrl-C or a kill into a request to stop, and holds the exit until the work has saved
 * itself.
 */
final class StopOnExit {
  private final StopSignal stop = new StopSignal();

  /** Work that stops after the step under way when its signal asks for it. */
  interface Work {
    int run(StopSignal stop);
  }

  /** Runs work; the JVM does not exit before it has ended. */
  static int run(Work work) {
    StopOnExit guard = new StopOnExit();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              guard.stop.request();
              awaitQuietly(ended);
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.run(guard.stop);
    } finally {
      ended.countDown();
      removeQuietly(hook);
    }
  }

  private static void awaitQuietly(CountDownLatch ended) {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeQuietly(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the exit is under way: the hook has done its work
    }
  }
}
