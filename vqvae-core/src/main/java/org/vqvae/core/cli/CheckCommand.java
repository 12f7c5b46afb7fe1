package org.vqvae.core.cli;

import java.util.concurrent.Callable;
import org.vqvae.core.experiment.RunSession;
import org.vqvae.core.plugin.ExperimentConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vqvae check}. */
@Command(
    name = "check",
    description = "Reads an experiment, opens its data and says every problem; runs nothing.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {
  @Mixin private RunOptions options = new RunOptions();

  @Override
  public Integer call() {
    ExperimentConfig config = options.config(System.out);
    RunSession.check(config);
    System.out.print(config.render());
    return ExitCode.OK;
  }
}
