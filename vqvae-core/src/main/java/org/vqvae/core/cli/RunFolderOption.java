package org.vqvae.core.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.vqvae.core.experiment.RunSession;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.run.RunFolder;
import org.vqvae.core.training.StopSignal;
import picocli.CommandLine.Parameters;

/** The option of commands that work on a run that was begun: its folder alone. */
final class RunFolderOption implements RunOpener {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "The folder of a run, such as runs/glyphs.")
  private Path folder = Path.of("");

  /** Opens the run to go on with it. */
  @Override
  public RunSession open(PrintStream messages, StopSignal stop) {
    ExperimentConfig config = config(RunFolder.read(folder));
    return RunSession.resume(folder, config, stop, Progress.to(messages));
  }

  /** Opens the run to read its results only. */
  RunSession read(PrintStream messages, StopSignal stop) {
    return RunSession.read(folder, config(RunFolder.read(folder)), stop);
  }

  /** The config that a run began with. */
  static ExperimentConfig config(RunFolder folder) {
    Catalog catalog = Catalog.load(RunFolderOption.class.getClassLoader());
    return new ExperimentLoader(catalog, note -> {}).load(folder.config(), List.of());
  }
}
