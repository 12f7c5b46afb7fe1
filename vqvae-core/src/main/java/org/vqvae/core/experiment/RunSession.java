package org.vqvae.core.experiment;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
  private final Workers workers;
  private final RunFolder folder;
  private final @Nullable MetricsLog log;
  private final Experiment experiment;

  private RunSession(
      Tools tools, RunFolder folder, @Nullable MetricsLog log, Experiment experiment) {
    this.workers = tools.workers;
    this.folder = folder;
    this.log = log;
    this.experiment = experiment;
  }

  private static RunSession of(
      Tools tools, RunFolder folder, StopSignal stop, TrainingListener listener) {
    MetricsLog log = MetricsLog.open(folder.metrics());
    TrainingListener recorder = new MetricsRecorder(folder, log, System::nanoTime);
    TrainingListener all = TrainingListener.all(List.of(recorder, listener));
    return new RunSession(tools, folder, log, tools.experiment(folder, stop, all));
  }

  /** What an experiment is made with, before there is a folder for it. */
  private record Tools(
      ExperimentConfig config, Workers workers, RandomStreams random, WorkerComponents components) {
    static Tools of(ExperimentConfig config) {
      Workers workers = Engines.start(config.settings().engine());
      RandomStreams random = new RandomStreams(config.settings().seed());
      return new Tools(config, workers, random, new WorkerComponents(config, workers, random));
    }

    Experiment experiment(RunFolder folder, StopSignal stop, TrainingListener listener) {
      TrainedRun run = new TrainedRun(config, components, random, folder);
      return new Experiment(run, new Stages(run, stop, listener));
    }
  }

  /**
   * Opens an experiment's data and tries whether its pieces fit, and leaves nothing behind.
   *
   * @throws org.vqvae.core.IncompatibleException with every misfit, see {@link Compatibility}
   */
  public static void check(ExperimentConfig config) {
    Tools tools = Tools.of(config);
    try {
      Compatibility.check(config, tools.components.first());
    } finally {
      tools.workers.close();
    }
  }

  /**
   * Begins a new run. Data that cannot be read, and pieces that do not fit, leave no folder behind.
   *
   * @throws StoreException if there is something in the folder
   */
  public static RunSession begin(
      Path path, ExperimentConfig config, StopSignal stop, TrainingListener listener) {
    Tools tools = Tools.of(config);
    try {
      Compatibility.check(config, tools.components.first());
      return begin(RunFolder.create(path), tools, stop, listener);
    } catch (RuntimeException e) {
      tools.workers.close();
      throw e;
    }
  }

  private static RunSession begin(
      RunFolder folder, Tools tools, StopSignal stop, TrainingListener listener) {
    try {
      String text = tools.config.render();
      String data = tools.components.first().get(Dataset.class).fingerprint();
      Provenance provenance =
          Provenance.of(
              Instant.now(), tools.config.settings().seed(), text, data, tools.workers.size());
      AtomicFile.write(folder.provenance(), provenance.json());
      AtomicFile.write(folder.config(), text);
      return of(tools, folder, stop, listener);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /**
   * Goes on with a run.
   *
   * @param config as the run's folder has it
   * @throws StoreException if there is no run in the folder, or one of another format
   */
  public static RunSession resume(
      Path path, ExperimentConfig config, StopSignal stop, TrainingListener listener) {
    RunFolder folder = RunFolder.resume(path);
    try {
      return of(Tools.of(config), folder, stop, listener);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /**
   * Opens a run to read its results only: nothing in its folder is locked or changed.
   *
   * @param config as the run's folder has it
   * @throws StoreException if there is no run in the folder, or one of another format
   */
  public static RunSession read(Path path, ExperimentConfig config, StopSignal stop) {
    RunFolder folder = RunFolder.read(path);
    Tools tools = Tools.of(config);
    TrainingListener nobody = TrainingListener.all(List.of());
    return new RunSession(tools, folder, null, tools.experiment(folder, stop, nobody));
  }

  public Experiment experiment() {
    return experiment;
  }

  @Override
  public void close() {
    if (log != null) {
      log.close();
    }
    workers.close();
    folder.close();
  }
}
