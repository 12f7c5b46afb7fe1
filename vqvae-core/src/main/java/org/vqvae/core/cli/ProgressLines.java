package org.vqvae.core.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vqvae.core.training.TrainingListener;

/** Plain lines, one now and then: for log files and pipes. */
public final class ProgressLines implements TrainingListener {
  private final PrintStream out;
  private final LongSupplier nanoClock;
  private final long everyNanos;
  private final Map<String, Double> latest = new LinkedHashMap<>();
  private Progress progress = new Progress("", 0, 0, 0);
  private long lastNanos;

  /**
   * @param nanoClock such as {@link System#nanoTime}
   * @param every the least time between two lines
   */
  public ProgressLines(PrintStream out, LongSupplier nanoClock, Duration every) {
    this.out = out;
    this.nanoClock = nanoClock;
    this.everyNanos = every.toNanos();
  }

  @Override
  public void started(String stage, long from, long to) {
    lastNanos = nanoClock.getAsLong();
    progress = new Progress(stage, from, to, lastNanos);
    latest.clear();
    out.println(
        stage
            + ": "
            + (from > 0
                ? "goes on at step " + progress.steps(from)
                : progress.steps(0) + " steps"));
  }

  @Override
  public void step(long step, Map<String, Double> metrics) {
    latest.putAll(metrics);
    long now = nanoClock.getAsLong();
    if (now - lastNanos >= everyNanos) {
      lastNanos = now;
      String line =
          Stream.of(
                  progress.steps(step),
                  progress.pace(step, now),
                  progress.left(step, now),
                  Progress.figures(latest))
              .filter(part -> !part.isEmpty())
              .collect(Collectors.joining(", "));
      out.println(progress.stage() + ": " + line);
    }
  }

  @Override
  public void message(String text) {
    out.println(text);
  }

  @Override
  public void finished(String stage, long step) {
    out.println(progress.end(step, nanoClock.getAsLong(), latest));
  }
}
