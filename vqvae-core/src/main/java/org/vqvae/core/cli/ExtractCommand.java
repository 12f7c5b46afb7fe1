package org.vqvae.core.cli;

import java.io.PrintStream;
import org.vqvae.core.data.Split;
import org.vqvae.core.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vqvae extract}. */
@Command(
    name = "extract",
    description = "Encodes all splits of the data into the run's code store.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExtractCommand extends RunningCommand {
  @Mixin private RunFolderOption options = new RunFolderOption();

  @Override
  RunOpener opener() {
    return options;
  }

  @Override
  void work(Experiment experiment, PrintStream out) {
    experiment.extract();
    out.println("codes: " + experiment.folder().codes(Split.TRAIN).getParent());
  }
}
