package org.vqvae.core.cli;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vqvae}: the commands. */
@Command(
    name = "vqvae",
    description =
        "A VQ-VAE laboratory: train an autoencoder, extract codes, train a prior, sample.",
    mixinStandardHelpOptions = true,
    version = "vqvae 0.1.0",
    sortOptions = false,
    subcommands = {
      RunCommand.class,
      TrainCommand.class,
      ExtractCommand.class,
      TrainPriorCommand.class,
      SampleCommand.class,
      ReconstructCommand.class,
      EncodeCommand.class,
      DecodeCommand.class,
      ConvertCommand.class,
      ReportCommand.class,
      ListCommand.class,
      ExplainCommand.class,
      CheckCommand.class,
      BenchCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done; 2 command line or config; 3 data; 4 run folder; 5 diverged;",
      "130 stopped, go on with --resume; 70 a fault of this program."
    })
final class VqvaeCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "Missing command.");
  }
}
