package org.vqvae.core.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vqvae decode}. */
@Command(
    name = "decode",
    description = "Decodes a file of codes, to the same bytes every time.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DecodeCommand extends RunningCommand {
  @Mixin private RunFolderOption options = new RunFolderOption();

  @Parameters(
      index = "1",
      paramLabel = "IN.vqa",
      description = "A file that encode made with this run.")
  private Path in = Path.of("");

  @Parameters(index = "2", paramLabel = "OUT", description = "The picture (.png) or sound (.wav).")
  private Path out = Path.of("");

  @Option(
      names = {"--speaker", "--class"},
      paramLabel = "NAME",
      description = "Decode as that class (default: what the file says).")
  private @Nullable String className;

  @Override
  RunOpener opener() {
    return options::read;
  }

  @Override
  void work(Experiment experiment, PrintStream messages) {
    experiment.files().decode(in, out, className);
    messages.println("decoded: " + out);
  }
}
