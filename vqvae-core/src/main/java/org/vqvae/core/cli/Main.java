package org.vqvae.core.cli;

import picocli.CommandLine;

/** The command line's entry. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /**
   * Runs a command in this process.
   *
   * @return its exit code: 0 done; 2 command line or config; 3 data; 4 run folder; 5 diverged; 130
   *     stopped; 70 a fault of this program
   */
  public static int execute(String... arguments) {
    CommandLine line = new CommandLine(new VqvaeCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(new Failures());
    return line.execute(arguments);
  }
}
