package org.vqvae.core.cli;

import picocli.CommandLine;

/** The command line's entry. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs a command and returns its exit code, see {@link ExitCode}. */
  static int execute(String... arguments) {
    CommandLine line = new CommandLine(new VqvaeCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(new Failures());
    return line.execute(arguments);
  }
}
