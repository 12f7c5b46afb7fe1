package org.vqvae.core.cli;

import java.io.PrintStream;
import org.vqvae.core.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vqvae train}. */
@Command(
    name = "train",
    description = "Stage 1 alone: trains encoder, quantizer and decoder.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TrainCommand extends RunningCommand {
  @Mixin private RunOptions options = new RunOptions();

  @Override
  RunOpener opener() {
    return options;
  }

  @Override
  void work(Experiment experiment, PrintStream out) {
    experiment.trainAutoencoder();
    out.println("autoencoder: " + experiment.folder().autoencoder());
  }
}
