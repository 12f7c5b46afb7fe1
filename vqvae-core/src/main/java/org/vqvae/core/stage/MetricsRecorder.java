package org.vqvae.core.stage;

import java.util.Map;
import java.util.function.LongSupplier;
import org.vqvae.core.run.RunFolder;
import org.vqvae.core.store.MetricsLog;
import org.vqvae.core.training.TrainingListener;

/**
 * Writes what a stage measures to {@code metrics.jsonl}; a stage that goes on counts its seconds
 * on.
 */
public final class MetricsRecorder implements TrainingListener {
  private static final double NANOS = 1e9;

  private final RunFolder folder;
  private final MetricsLog log;
  private final LongSupplier nanoClock;
  private String stage = "";
  private double secondsBefore;
  private long startNanos;

  public MetricsRecorder(RunFolder folder, MetricsLog log, LongSupplier nanoClock) {
    this.folder = folder;
    this.log = log;
    this.nanoClock = nanoClock;
  }

  @Override
  public void started(String newStage, long from, long to) {
    log.rewind(newStage, from);
    stage = newStage;
    secondsBefore = seconds(folder, newStage);
    startNanos = nanoClock.getAsLong();
  }

  @Override
  public void step(long step, Map<String, Double> metrics) {
    if (!metrics.isEmpty()) {
      double seconds = secondsBefore + (nanoClock.getAsLong() - startNanos) / NANOS;
      log.append(new MetricsLog.Line(stage, step, seconds, metrics));
    }
  }

  @Override
  public void message(String text) {}

  @Override
  public void finished(String finishedStage, long step) {}

  /** The seconds that a stage has trained, by its last line. */
  static double seconds(RunFolder folder, String stage) {
    return MetricsLog.read(folder.metrics()).stream()
        .filter(line -> line.stage().equals(stage))
        .mapToDouble(MetricsLog.Line::seconds)
        .max()
        .orElse(0);
  }
}
