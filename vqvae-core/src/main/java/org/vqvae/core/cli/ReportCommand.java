package org.vqvae.core.cli;

import java.io.PrintStream;
import org.vqvae.core.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vqvae report}. */
@Command(
    name = "report",
    description = "Measures a finished run again and writes its results and report.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReportCommand extends RunningCommand {
  @Mixin private RunFolderOption options = new RunFolderOption();

  @Override
  RunOpener opener() {
    return options;
  }

  @Override
  void work(Experiment experiment, PrintStream out) {
    out.println(experiment.report().verdict());
    out.println("report: " + experiment.folder().report());
  }
}
