package org.vqvae.core.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import org.vqvae.core.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vqvae convert}. */
@Command(
    name = "convert",
    description = "Says the same as somebody else: the codes of a sound, decoded as a speaker.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ConvertCommand extends RunningCommand {
  @Mixin private RunFolderOption options = new RunFolderOption();

  @Parameters(index = "1", paramLabel = "IN", description = "A sound (.wav).")
  private Path in = Path.of("");

  @Parameters(index = "2", paramLabel = "OUT", description = "The converted sound (.wav).")
  private Path out = Path.of("");

  @Option(
      names = {"--speaker", "--class"},
      paramLabel = "NAME",
      required = true,
      description = "The speaker, or class, to decode as.")
  private String className = "";

  @Override
  RunOpener opener() {
    return options::read;
  }

  @Override
  void work(Experiment experiment, PrintStream messages) {
    experiment.files().convert(in, out, className);
    messages.println("converted: " + out);
  }
}
