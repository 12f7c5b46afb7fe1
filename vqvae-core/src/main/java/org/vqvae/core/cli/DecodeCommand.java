package org.vqvae.core.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import org.vqvae.core.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private CodingOptions coding = new CodingOptions();

  @Override
  RunOpener opener() {
    return options::read;
  }

  @Override
  void work(Experiment experiment, PrintStream messages) {
    experiment.files().decode(in, out, coding.request());
    messages.println("decoded: " + out);
  }
}
