package org.vqvae.core.cli;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.report.Figures;
import org.vqvae.core.training.TrainingListener;

/** How far a stage has come, and how long the rest will take. */
final class Progress {
  private static final double NANOS = 1e9;
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int DEFAULT_WIDTH = 80;

  private final String stage;
  private final long from;
  private final long to;
  private final long startNanos;

  Progress(String stage, long from, long to, long startNanos) {
    this.stage = stage;
    this.from = from;
    this.to = to;
    this.startNanos = startNanos;
  }

  /** What suits where output goes: a bar on a terminal, a line now and then otherwise. */
  static TrainingListener to(PrintStream out) {
    if (isTerminal(System.console()) && !"dumb".equals(System.getenv("TERM"))) {
      return new ProgressBar(out, System::nanoTime, Progress::terminalWidth);
    }
    return new ProgressLines(out, System::nanoTime, EVERY);
  }

  String stage() {
    return stage;
  }

  /** The part that is done, 0 to 1. */
  double share(long step) {
    return to <= 0 ? 1 : Math.min(1, (double) step / to);
  }

  /** {@code 4,200 of 10,000}. */
  String steps(long step) {
    return Figures.whole(step) + " of " + Figures.whole(to);
  }

  /** {@code 36.1 ms a step}, the mean since the stage began here; empty before the first step. */
  String pace(long step, long nanos) {
    return step <= from
        ? ""
        : Figures.decimals(secondsPerStep(step, nanos) * 1000, 1) + " ms a step";
  }

  /** {@code 3 min 29 s left}; empty before the first step. */
  String left(long step, long nanos) {
    return step <= from
        ? ""
        : Figures.duration(secondsPerStep(step, nanos) * (to - step)) + " left";
  }

  /** {@code autoencoder: 10,000 of 10,000 steps done in 6 min 01 s, loss 0.0931}. */
  String end(long step, long nanos, Map<String, Double> metrics) {
    String taken = Figures.duration((nanos - startNanos) / NANOS);
    String figures = metrics.isEmpty() ? "" : ", " + figures(metrics);
    return stage + ": " + steps(step) + " steps done in " + taken + figures;
  }

  /** {@code loss 0.0931, perplexity 301.2}. */
  static String figures(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .map(metric -> metric.getKey() + " " + Figures.format(metric.getValue()))
        .collect(Collectors.joining(", "));
  }

  private double secondsPerStep(long step, long nanos) {
    return (nanos - startNanos) / NANOS / (step - from);
  }

  /** Since Java 22 there is a console without a terminal too, and a method to tell. */
  private static boolean isTerminal(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  private static int terminalWidth() {
    try {
      return Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "" + DEFAULT_WIDTH));
    } catch (NumberFormatException e) {
      return DEFAULT_WIDTH;
    }
  }
}
