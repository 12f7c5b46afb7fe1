package org.vqvae.core.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.store.Checkpoint;
import org.vqvae.core.store.Checkpoints;
import org.vqvae.core.store.NamedArrays;

/**
 * The loop that both stages share: step, log, evaluate, save, and stop when asked.
 *
 * <p>A loop that was killed and goes on from a checkpoint ends in the same bytes as one that was
 * not: a checkpoint holds parameters, optimizer, random streams and the means under way, and
 * batches follow from the step alone.
 */
public final class TrainingLoop {
  private static final String OPTIMIZER = "state";

  private final Schedule schedule;
  private final Checkpoints checkpoints;
  private final RandomStreams random;
  private final StopSignal stop;
  private final TrainingListener listener;

  public TrainingLoop(
      Schedule schedule,
      Checkpoints checkpoints,
      RandomStreams random,
      StopSignal stop,
      TrainingListener listener) {
    this.schedule = schedule;
    this.checkpoints = checkpoints;
    this.random = random;
    this.stop = stop;
    this.listener = listener;
  }

  /**
   * Trains from the newest checkpoint, or from the start when there is none.
   *
   * @throws StoppedException if a stop was asked for; a checkpoint was written
   * @throws DivergedException if a figure is no longer finite
   */
  public void run(TrainingTask task) {
    MeanWindow window = new MeanWindow();
    long done = resume(task, window);
    listener.started(task.stage(), done, schedule.steps());
    for (long step = done + 1; step <= schedule.steps(); step++) {
      Map<String, Double> figures = task.step(step - 1);
      checkFinite(task, step, figures);
      window.add(figures);
      listener.step(step, report(task, window, step));
      if (schedule.savesAt(step) || stop.isRequested()) {
        save(task, window, step);
      }
      if (stop.isRequested() && step < schedule.steps()) {
        throw new StoppedException(
            "%s, after step %d, of which a checkpoint was written".formatted(task.stage(), step));
      }
    }
    listener.finished(task.stage(), schedule.steps());
  }

  /** A file beside the checkpoints, for the parameters of the best evaluation. */
  public Path bestFile() {
    return checkpoints.folder().resolve("best.safetensors");
  }

  /** Tells whoever listens to the training. */
  public void message(String text) {
    listener.message(text);
  }

  private Map<String, Double> report(TrainingTask task, MeanWindow window, long step) {
    Map<String, Double> figures = new LinkedHashMap<>();
    if (schedule.logsAt(step)) {
      figures.putAll(window.drain());
    }
    if (schedule.evaluatesAt(step)) {
      figures.putAll(task.evaluate());
    }
    return figures;
  }

  private long resume(TrainingTask task, MeanWindow window) {
    Checkpoint from = checkpoints.latest(listener::message).orElse(null);
    if (from == null) {
      task.begin();
      return 0;
    }
    Trained network = task.network();
    NamedArrays.load(network.parameters(), from.parameters(), "checkpoint of step " + from.step());
    network.optimizerState().assign(from.optimizer().get(OPTIMIZER));
    network.setUpdates(Math.toIntExact(from.step()));
    random.restore(from.random());
    window.restore(from.counters());
    return from.step();
  }

  private void save(TrainingTask task, MeanWindow window, long step) {
    Trained network = task.network();
    checkpoints.save(
        new Checkpoint(
            step,
            NamedArrays.of(network.parameters()),
            Map.of(OPTIMIZER, network.optimizerState()),
            random.states(),
            window.state()));
  }

  private void checkFinite(TrainingTask task, long step, Map<String, Double> figures) {
    figures.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new DivergedException(
                "%s, step %d: %s is %s; training has diverged. Lower the learning rate or change the seed; the last checkpoint is of step %s"
                    .formatted(
                        task.stage(),
                        step,
                        name,
                        value,
                        checkpoints.steps().stream().findFirst().map(String::valueOf).orElse("0")));
          }
        });
  }
}
