package org.vqvae.core.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bytedeco.javacpp.Loader;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * A team whose first member is the thread that calls, while each of the others has a thread of its
 * own, always the same: oneDNN wants a primitive to run where it was made. While a part runs,
 * OpenMP has one thread for its member: threads that each start more would wait for each other's.
 */
final class ThreadTeam implements Team, AutoCloseable {
  private final List<? extends Kernels> members;
  private final List<ExecutorService> others = new ArrayList<>();
  private boolean closed;

  /**
   * Makes a team.
   *
   * @param members at least two, which this team closes
   */
  ThreadTeam(List<? extends Kernels> members) {
    this.members = List.copyOf(members);
    for (int member = 1; member < members.size(); member++) {
      String name = "vqvae-team-" + member;
      others.add(
          Executors.newSingleThreadExecutor(
              work -> {
                Thread thread = new Thread(work, name);
                thread.setDaemon(true);
                return thread;
              }));
    }
  }

  /**
   * How many members keep every thread busy that OpenMP has for the calling thread; 1 where ND4J,
   * which is asked for threads, and oneDNN may each have an OpenMP of their own.
   */
  static int fittingSize() {
    return Loader.getPlatform().startsWith("linux") ? openMp().ompGetMaxThreads() : 1;
  }

  private static NativeOps openMp() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }

  @Override
  public int size() {
    return members.size();
  }

  @Override
  public Kernels kernels(int member) {
    return members.get(member);
  }

  @Override
  public void run(Part part) {
    if (closed) {
      throw new IllegalStateException("these kernels are closed");
    }
    Progress progress = new Progress(size());
    List<CompletableFuture<?>> running = new ArrayList<>();
    try {
      for (int member = 1; member < size(); member++) {
        int own = member;
        running.add(
            CompletableFuture.runAsync(() -> run(part, own, progress), others.get(member - 1)));
      }
      run(part, 0, progress);
    } catch (Throwable e) { // no thread could be started
      progress.fail(e);
    }
    running.forEach(CompletableFuture::join);
    progress.requireSuccess();
  }

  private static void run(Part part, int member, Progress progress) {
    try {
      int threads = openMp().ompGetMaxThreads();
      openMp().setOmpNumThreads(1);
      try {
        part.run(member, progress);
      } finally {
        openMp().setOmpNumThreads(threads);
      }
    } catch (Throwable e) {
      progress.fail(e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    members.get(0).close();
    for (int member = 1; member < size(); member++) {
      ExecutorService thread = others.get(member - 1);
      CompletableFuture.runAsync(kernels(member)::close, thread).join();
      thread.shutdown();
    }
  }
}
