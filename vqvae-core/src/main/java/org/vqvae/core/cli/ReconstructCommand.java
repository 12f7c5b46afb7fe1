package org.vqvae.core.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vqvae reconstruct}. */
@Command(
    name = "reconstruct",
    description =
        "Encodes and decodes examples of the test split: originals above reconstructions.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReconstructCommand extends RunningCommand {
  @Mixin private RunFolderOption options = new RunFolderOption();

  @Option(names = "--count", description = "How many (default: ${DEFAULT-VALUE}).")
  private int count = 16;

  @Option(names = "--out", paramLabel = "FOLDER", description = "Where to (default: RUN/samples).")
  private @Nullable Path out;

  @Override
  RunOpener opener() {
    return options;
  }

  @Override
  void work(Experiment experiment, PrintStream messages) {
    Path folder = out != null ? out : experiment.folder().samples();
    messages.println("reconstructions: " + experiment.reconstruct(count, folder));
  }
}
