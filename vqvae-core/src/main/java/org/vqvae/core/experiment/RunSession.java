package org.vqvae.core.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.store.AtomicFile;
import org.vqvae.core.store.Fingerprint;
import org.vqvae.core.store.MetricsLog;
import org.vqvae.core.store.StoreException;

/** Work on a run: its folder, locked; its log, open; kernels to compute with; and the experiment on top of them. */
public final class RunSession implements AutoCloseable {
  private final RunFolder folder;
  private final MetricsLog log;
  private final Kernels kernels;
  private final Experiment experiment;

  private RunSession(
      RunFolder folder, ExperimentConfig config, StopSignal stop, TrainingListener listener) {
    this.folder = folder;
    String choice = config.settings().engine().kernels().name().toLowerCase(Locale.ROOT);
    this.kernels = new KernelsFactory(Backend.start()).create(choice);
    this.log = MetricsLog.open(folder.metrics());
    TrainingListener recorder = new MetricsRecorder(folder, log, System::nanoTime);
    this.experiment =
        new Experiment(
            config, kernels, folder, stop, TrainingListener.all(List.of(recorder, listener)));
  }

  /**
   * Begins a new run.
   *
   * @throws StoreException if there is something in the folder
   */
  public static RunSession begin(
      Path path, ExperimentConfig config, StopSignal stop, TrainingListener listener) {
    // opened first: data that cannot be read leaves no folder behind
    RunFolder folder = RunFolder.create(path);
    RunSession session = null;
    try {
      write(folder.config(), config.render());
      session = new RunSession(folder, config, stop, listener);
      String data = session.experiment.dataset().fingerprint();
      Provenance provenance =
          Provenance.of(Instant.now(), config.settings().seed(), config.render(), data);
      write(folder.provenance(), provenance.json());
      return session;
    } catch (RuntimeException e) {
      close(session, folder);
      throw e;
    }
  }

  /**
   * Goes on with a run.
   *
   * @throws StoreException if there is none, or its data is no longer what it began with
   */
  public static RunSession resume(
      Path path, ExperimentConfig config, StopSignal stop, TrainingListener listener) {
    RunFolder folder = RunFolder.resume(path);
    RunSession session = null;
    try {
      session = new RunSession(folder, config, stop, listener);
      return session;
    } catch (RuntimeException e) {
      close(session, folder);
      throw e;
    }
  }

  /**
   * Checks that the data is what the run began with.
   *
   * @throws StoreException if not
   */
  public void checkData() {
    Provenance provenance =
        Provenance.parse(RunFolder.text(folder.provenance()), folder.provenance().toString());
    String now = experiment.dataset().fingerprint();
    if (!provenance.data().equals(now)) {
      throw new StoreException(
          "%s: the run began with data %s but the data is now %s; bring the old data back, or begin a new run"
              .formatted(folder.path(), provenance.data(), now));
    }
  }

  public Experiment experiment() {
    return experiment;
  }

  @Override
  public void close() {
    log.close();
    kernels.close();
    folder.close();
  }

  private static void close(@org.jspecify.annotations.Nullable RunSession session, RunFolder folder) {
    if (session == null) {
      folder.close();
    } else {
      session.close();
    }
  }

  private static void write(Path file, String text) {
    AtomicFile.writeText(file, text);
  }
}
