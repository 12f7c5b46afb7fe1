package org.vqvae.core.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vqvae reconstruct}. */
@Command(
    name = "reconstruct",
    description =
        "Encodes and decodes files, or examples of the test split: originals and reconstructions,"
            + " as files and as a page.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReconstructCommand extends RunningCommand {
  @Mixin private RunFolderOption options = new RunFolderOption();

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "IN",
      description = "Pictures or sounds (default: examples of the test split).")
  private List<Path> files = List.of();

  @Option(
      names = "--count",
      description = "How many examples of the test split (default: ${DEFAULT-VALUE}).")
  private int count = 16;

  @Option(
      names = {"--speaker", "--class"},
      paramLabel = "NAME",
      description = "Whose the files are, for a decoder that is told.")
  private @Nullable String className;

  @Option(names = "--out", paramLabel = "FOLDER", description = "Where to (default: RUN/samples).")
  private @Nullable Path out;

  @Override
  RunOpener opener() {
    return options;
  }

  @Override
  void work(Experiment experiment, PrintStream messages) {
    if (files.isEmpty() && className != null) {
      throw new IncompatibleException(
          "--speaker says whose the files are, but no files were given, and test examples say so"
              + " themselves; give files, or leave it out");
    }
    Path folder = out != null ? out : experiment.folder().samples();
    List<Path> written =
        files.isEmpty()
            ? experiment.reconstruct(count, folder)
            : experiment.files().reconstruct(files, folder, className);
    messages.println("reconstructions: " + Written.files(written));
  }
}
