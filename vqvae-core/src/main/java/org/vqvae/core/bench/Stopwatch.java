package org.vqvae.core.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Times work that is done over and over: first until it gets no faster, then as often as was asked
 * for.
 *
 * <p>A virtual machine compiles what it runs while it runs it, and takes processors away from it
 * for that. So the warm-up goes on in blocks of runs until the median of a block is less than 2 %
 * below that of the block before and compiling took less than 2 % of the block's time, and for a
 * least and a greatest time. Nearly all steps of a training are such warm ones.
 */
final class Stopwatch {
  private static final int BLOCK = 10;
  private static final double STEADY = 0.98;
  private static final double COMPILING = 0.02;

  private final Plan plan;
  private final LongSupplier nanos;
  private final LongSupplier compilingMillis;

  /**
   * How carefully to time.
   *
   * @param runs that count
   * @param leastWarmUp how long to warm up at least
   * @param mostWarmUp after how long to begin even if it still gets faster
   */
  record Plan(int runs, Duration leastWarmUp, Duration mostWarmUp) {

    /** Warms up for some seconds at least, and six times as long at most. */
    static Plan of(int runs, double warmUpSeconds) {
      long nanos = Math.round(warmUpSeconds * 1e9);
      return new Plan(runs, Duration.ofNanos(nanos), Duration.ofNanos(6 * nanos));
    }
  }

  Stopwatch(Plan plan) {
    this(plan, System::nanoTime, Stopwatch::compilingMillis);
  }

  /** 0 in a virtual machine that only interprets. */
  private static long compilingMillis() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return compiler == null ? 0 : compiler.getTotalCompilationTime();
  }

  /**
   * @param nanos a clock
   * @param compilingMillis how long the virtual machine has been compiling
   */
  Stopwatch(Plan plan, LongSupplier nanos, LongSupplier compilingMillis) {
    this.plan = plan;
    this.nanos = nanos;
    this.compilingMillis = compilingMillis;
  }

  Timing time(Runnable work) {
    warmUp(work);
    System.gc();
    long collections = collections();
    long[] runs = run(work, plan.runs());
    return Timing.of(runs, collections() - collections);
  }

  private void warmUp(Runnable work) {
    long start = nanos.getAsLong();
    double before = Double.POSITIVE_INFINITY;
    boolean steady = false;
    while (!isOver(start, steady)) {
      long compiled = compilingMillis.getAsLong();
      Timing block = Timing.of(run(work, BLOCK), 0);
      double compiling = (compilingMillis.getAsLong() - compiled) / (BLOCK * block.median());
      steady = block.median() >= STEADY * before && compiling <= COMPILING;
      before = block.median();
    }
  }

  private boolean isOver(long start, boolean steady) {
    long spent = nanos.getAsLong() - start;
    return spent >= (steady ? plan.leastWarmUp() : plan.mostWarmUp()).toNanos();
  }

  private long[] run(Runnable work, int times) {
    long[] durations = new long[times];
    for (int i = 0; i < times; i++) {
      long start = nanos.getAsLong();
      work.run();
      durations[i] = nanos.getAsLong() - start;
    }
    return durations;
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
