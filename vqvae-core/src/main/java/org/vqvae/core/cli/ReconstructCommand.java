package org.vqvae.core.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.coder.FileCoder.Request;
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

  @Mixin private CodingOptions coding = new CodingOptions();

  @Option(names = "--out", paramLabel = "FOLDER", description = "Where to (default: RUN/samples).")
  private @Nullable Path out;

  @Override
  RunOpener opener() {
    return options;
  }

  @Override
  void work(Experiment experiment, PrintStream messages) {
    if (files.isEmpty() && !coding.request().equals(Request.PLAIN)) {
      throw new IncompatibleException(
          "--speaker, --class and --levels are for files, but no files were given: test examples"
              + " have their own classes, and the report shows their levels; give files, or leave"
              + " the option out");
    }
    Path folder = out != null ? out : experiment.folder().samples();
    List<Path> written =
        files.isEmpty()
            ? experiment.reconstruct(count, folder)
            : experiment.files().reconstruct(files, folder, coding.request());
    messages.println("reconstructions: " + Written.files(written));
  }
}
