package org.vqvae.core.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.vqvae.core.report.Figures;
import org.vqvae.core.training.TrainingListener;

/** A bar that is drawn again in place, in plain ASCII: for terminals. */
public final class ProgressBar implements TrainingListener {
  private static final int BAR = 20;
  private static final long EVERY_NANOS = 100_000_000L;

  private final PrintStream out;
  private final LongSupplier nanoClock;
  private final IntSupplier width;
  private final Map<String, Double> latest = new LinkedHashMap<>();
  private Progress progress = new Progress("", 0, 0, 0);
  private String shown = "";
  private long lastNanos;

  /**
   * @param nanoClock such as {@link System#nanoTime}
   * @param width the terminal's columns
   */
  public ProgressBar(PrintStream out, LongSupplier nanoClock, IntSupplier width) {
    this.out = out;
    this.nanoClock = nanoClock;
    this.width = width;
  }

  @Override
  public void started(String stage, long from, long to) {
    long now = nanoClock.getAsLong();
    progress = new Progress(stage, from, to, now);
    latest.clear();
    draw(from, now);
  }

  @Override
  public void step(long step, Map<String, Double> metrics) {
    latest.putAll(metrics);
    long now = nanoClock.getAsLong();
    if (now - lastNanos >= EVERY_NANOS) {
      draw(step, now);
    }
  }

  @Override
  public void message(String text) {
    String bar = shown;
    show("");
    out.println(text);
    show(bar);
  }

  @Override
  public void finished(String stage, long step) {
    show("");
    out.println(progress.end(step, nanoClock.getAsLong(), latest));
  }

  private void draw(long step, long now) {
    lastNanos = now;
    int full = (int) (progress.share(step) * BAR);
    String head =
        full < BAR ? "=".repeat(full) + ">" + " ".repeat(BAR - full - 1) : "=".repeat(BAR);
    String percent = Figures.decimals(Math.floor(100 * progress.share(step)), 0);
    String line =
        "%s [%s] %3s %%  %s  %s"
            .formatted(
                progress.stage(),
                head,
                percent,
                progress.left(step, now),
                Progress.figures(latest));
    show(line.stripTrailing());
  }

  /**
   * Puts a line in place of the one that is shown, cut to the terminal: a line that wraps could not
   * be undone.
   */
  private void show(String line) {
    String fitting = line.substring(0, Math.min(line.length(), Math.max(0, width.getAsInt() - 1)));
    out.print("\r" + fitting + " ".repeat(Math.max(0, shown.length() - fitting.length())));
    out.print(fitting.isEmpty() ? "\r" : "");
    out.flush();
    shown = fitting;
  }
}
