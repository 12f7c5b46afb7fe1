package org.vqvae.core.cli;

import java.util.concurrent.Callable;
import org.vqvae.core.plugin.ExperimentConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vqvae check}. */
@Command(
    name = "check",
    description = "Reads an experiment and says every problem with it; runs nothing.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {
  @Mixin private RunOptions options = new RunOptions();

  @Override
  public Integer call() {
    ExperimentConfig config = options.config(System.out);
    System.out.print(config.render());
    return ExitCode.OK;
  }
}
