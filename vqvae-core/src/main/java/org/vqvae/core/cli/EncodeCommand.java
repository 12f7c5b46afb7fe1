package org.vqvae.core.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import org.vqvae.core.experiment.Experiment;
import org.vqvae.core.store.CodeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vqvae encode}. */
@Command(
    name = "encode",
    description = "Encodes a picture or sound, of any size, to a file of codes.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class EncodeCommand extends RunningCommand {
  @Mixin private RunFolderOption options = new RunFolderOption();

  @Parameters(index = "1", paramLabel = "IN", description = "A picture or sound: PNG, JPEG, WAV.")
  private Path in = Path.of("");

  @Parameters(index = "2", paramLabel = "OUT.vqa", description = "The file of codes.")
  private Path out = Path.of("");

  @Mixin private CodingOptions coding = new CodingOptions();

  @Override
  RunOpener opener() {
    return options::read;
  }

  @Override
  void work(Experiment experiment, PrintStream messages) {
    CodeFile codes = experiment.files().encode(in, out, coding.request());
    messages.printf("codes: %s, %d bytes for %s%n", out, codes.length(), codes.codes().shape());
  }
}
