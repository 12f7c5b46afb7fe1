package org.vqvae.core.cli;

import java.io.PrintStream;
import org.vqvae.core.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vqvae train-prior}. */
@Command(
    name = "train-prior",
    description = "Stage 2 alone: fits the prior to the run's codes.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TrainPriorCommand extends RunningCommand {
  @Mixin private RunFolderOption options = new RunFolderOption();

  @Override
  RunOpener opener() {
    return options;
  }

  @Override
  void work(Experiment experiment, PrintStream out) {
    experiment.trainPriors();
    out.println("prior: " + experiment.folder().prior(experiment.chosenPrior()));
  }
}
