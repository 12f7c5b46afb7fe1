package org.vqvae.core.experiment;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.WorkerComponents;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.run.Provenance;
import org.vqvae.core.run.RunFolder;
import org.vqvae.core.stage.Compatibility;
import org.vqvae.core.stage.Engines;
import org.vqvae.core.stage.MetricsRecorder;
import org.vqvae.core.stage.Stages;
import org.vqvae.core.stage.TrainedRun;
import org.vqvae.core.store.AtomicFile;
import org.vqvae.core.store.MetricsLog;
import org.vqvae.core.store.StoreException;
import org.vqvae.core.training.StopSignal;
import org.vqvae.core.training.TrainingListener;

/**
 * Work on a run: its folder, locked; its log, open; workers who compute; and the experiment. One
 * that only reads has no lock and no log.
 */
public final class RunSession implements AutoCloseable {
  private final Opened opened;
  private final Experiment experiment;

  private RunSession(Opened opened, Experiment experiment) {
    this.opened = opened;
    this.experiment = experiment;
  }

  /** What an experiment is made with, before there is a folder for it. */
  private record Tools(
      ExperimentConfig config, int workers, RandomStreams random, WorkerComponents components) {
    static Tools open(Opened opened, ExperimentConfig config) {
      Workers workers = Engines.start(config.settings().engine());
      opened.add(workers::close);
      RandomStreams random = new RandomStreams(config.settings().seed());
      WorkerComponents components = new WorkerComponents(config, workers, random);
      return new Tools(config, workers.size(), random, components);
    }

    Experiment experiment(RunFolder folder, StopSignal stop, TrainingListener listener) {
      TrainedRun run = new TrainedRun(config, components, random, folder);
      return new Experiment(run, new Stages(run, stop, listener));
    }

    RunSession session(
        Opened opened, RunFolder folder, StopSignal stop, TrainingListener listener) {
      MetricsLog log = MetricsLog.open(folder.metrics());
      opened.add(log::close);
      TrainingListener recorder = new MetricsRecorder(folder, log, System::nanoTime);
      TrainingListener all = TrainingListener.all(List.of(recorder, listener));
      Experiment experiment = experiment(folder, stop, all);
      return new RunSession(opened.keep(), experiment);
    }
  }

  /**
   * Opens an experiment's data and tries whether its pieces fit, and leaves nothing behind.
   *
   * @throws org.vqvae.core.IncompatibleException with every misfit, see {@link Compatibility}
   */
  public static void check(ExperimentConfig config) {
    try (Opened opened = new Opened()) {
      Compatibility.check(config, Tools.open(opened, config).components.first());
    }
  }

  /**
   * Begins a new run. Data that cannot be read, and pieces that do not fit, leave no folder behind.
   *
   * @throws StoreException if there is something in the folder
   */
  public static RunSession begin(
      Path path, ExperimentConfig config, StopSignal stop, TrainingListener listener) {
    try (Opened opened = new Opened()) {
      Tools tools = Tools.open(opened, config);
      Compatibility.check(config, tools.components.first());
      RunFolder folder = RunFolder.create(path);
      opened.add(folder::close);
      describe(folder, tools);
      return tools.session(opened, folder, stop, listener);
    }
  }

  private static void describe(RunFolder folder, Tools tools) {
    String text = tools.config.render();
    String data = tools.components.first().get(Dataset.class).fingerprint();
    Provenance provenance =
        Provenance.of(Instant.now(), tools.config.settings().seed(), text, data, tools.workers);
    AtomicFile.write(folder.provenance(), provenance.json());
    AtomicFile.write(folder.config(), text);
  }

  /**
   * Goes on with a run.
   *
   * @param config as the run's folder has it
   * @throws StoreException if there is no run in the folder, or one of another format
   */
  public static RunSession resume(
      Path path, ExperimentConfig config, StopSignal stop, TrainingListener listener) {
    try (Opened opened = new Opened()) {
      RunFolder folder = RunFolder.resume(path);
      opened.add(folder::close);
      return Tools.open(opened, config).session(opened, folder, stop, listener);
    }
  }

  /**
   * Opens a run to read its results only: nothing in its folder is locked or changed.
   *
   * @param config as the run's folder has it
   * @throws StoreException if there is no run in the folder, or one of another format
   */
  public static RunSession read(Path path, ExperimentConfig config, StopSignal stop) {
    try (Opened opened = new Opened()) {
      RunFolder folder = RunFolder.read(path);
      opened.add(folder::close);
      TrainingListener nobody = TrainingListener.all(List.of());
      Experiment experiment = Tools.open(opened, config).experiment(folder, stop, nobody);
      return new RunSession(opened.keep(), experiment);
    }
  }

  public Experiment experiment() {
    return experiment;
  }

  @Override
  public void close() {
    opened.close();
  }
}
