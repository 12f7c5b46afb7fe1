package org.vqvae.core.cli;

import java.io.PrintStream;
import org.vqvae.core.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vqvae run}. */
@Command(
    name = "run",
    description = "Runs an experiment: both stages, samples, results and report.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RunCommand extends RunningCommand {
  @Mixin private RunOptions options = new RunOptions();

  @Override
  RunOpener opener() {
    return options;
  }

  @Override
  void work(Experiment experiment, PrintStream out) {
    experiment.trainAll();
    out.println(experiment.report().verdict());
    out.println("report: " + experiment.folder().report());
  }
}
