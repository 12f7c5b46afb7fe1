package org.vqvae.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.vqvae.core.cli.Main;

/**
 * What a command of the command line ended with, and what it wrote.
 *
 * @param code the exit code
 */
public record CommandLineRun(int code, String out, String err) {
  /** The exit code for a wrong command line or config, or pieces that do not fit. */
  public static final int USAGE = 2;

  /** The exit code for data that cannot be used. */
  public static final int DATA = 3;

  /** The exit code for a run folder or a file of it that cannot be used. */
  public static final int STORE = 4;

  /** The exit code of a run that was stopped and can go on. */
  public static final int STOPPED = 130;

  /**
   * Runs a command in this process.
   *
   * @param arguments as on the command line, such as a path or a number
   */
  public static CommandLineRun vqvae(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int code = Main.execute(Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
      return new CommandLineRun(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }

  /** Checks that the command worked and complained of nothing. */
  public CommandLineRun worked() {
    assertThat(err).isEmpty();
    assertThat(code).isZero();
    return this;
  }

  /** Checks that the command failed with this exit code and with this message, nothing more. */
  public void failed(int expectedCode, String message) {
    assertThat(err).isEqualTo(message + "\n");
    assertThat(code).isEqualTo(expectedCode);
  }
}
