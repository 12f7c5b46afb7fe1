package org.vqvae.core.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.experiment.RunSession;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.ExperimentConfig;
import org.vqvae.core.plugin.ExperimentLoader;
import org.vqvae.core.run.Provenance;
import org.vqvae.core.run.RunFolder;
import org.vqvae.core.store.Fingerprint;
import org.vqvae.core.store.StoreException;
import org.vqvae.core.training.StopSignal;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of commands that begin a run. */
final class RunOptions implements RunOpener {
  @Parameters(
      paramLabel = "EXPERIMENT",
      description =
          "An experiment: a file, or the name of one that comes with vqvae, such as glyphs.")
  private String experiment = "";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one setting above the file; may be repeated.")
  private List<String> set = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "The run's folder (default: runs/NAME).")
  private @Nullable Path out;

  @Option(names = "--resume", description = "Go on with the run in that folder.")
  private boolean resume;

  /** The experiment's config. */
  ExperimentConfig config(PrintStream messages) {
    Catalog catalog = Catalog.load(RunOptions.class.getClassLoader());
    return new ExperimentLoader(catalog, messages::println)
        .load(ExperimentFiles.find(experiment), set);
  }

  /** Opens the run's folder: a new one, or, with {@code --resume}, the one that is there. */
  @Override
  public RunSession open(PrintStream messages, StopSignal stop) {
    ExperimentConfig config = config(messages);
    Path folder = out != null ? out : Path.of("runs", config.settings().name());
    if (resume && !RunFolder.isVacant(folder)) {
      checkSame(config, folder);
      return RunSession.resume(folder, config, stop, Progress.to(messages));
    }
    return RunSession.begin(folder, config, stop, Progress.to(messages));
  }

  private static void checkSame(ExperimentConfig config, Path path) {
    RunFolder folder = RunFolder.read(path);
    checkUnedited(folder);
    ExperimentConfig before = RunFolderOption.config(folder);
    if (!before.fingerprint().equals(config.fingerprint())) {
      throw new StoreException(
          "%s: the run began with another config: %s. Go on with the old one: vqvae run %s --out %s --resume; or begin a new run: --out another-folder"
              .formatted(
                  path,
                  String.join("; ", ConfigDifference.of(before, config)),
                  folder.config(),
                  path));
    }
  }

  private static void checkUnedited(RunFolder folder) {
    String provenance = RunFolder.text(folder.provenance());
    if (!Provenance.parse(provenance, folder.provenance().toString())
        .config()
        .equals(Fingerprint.of(RunFolder.text(folder.config())))) {
      throw new StoreException(
          "%s: was edited since the run began; undo it, or begin a new run with it: vqvae run %s --out another-folder"
              .formatted(folder.config(), folder.config()));
    }
  }
}
