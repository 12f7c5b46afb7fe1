package org.vqvae.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.bench.Bench;
import picocli.CommandLine;

class BenchCommandTest {
  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    CommandLine line = new CommandLine(new BenchCommand());
    line.setErr(new PrintWriter(err));
    line.setExecutionExceptionHandler(new Failures());
    return line.execute(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "--runs=0, --runs must be at least 1 but was 0",
    "--runs=many, '''many'' is not an int'",
    "--warm-up=-1, --warm-up must be 0 to 3600 seconds but was -1.0",
    "--warm-up=NaN, --warm-up must be 0 to 3600 seconds but was NaN",
    "--memory=0, --memory must be at least 1 step but was 0",
    "--suite=songs, 'no such suite: \"songs\"; there are: pictures, sound, wavenet'",
    "train-stepp, 'no such figure: \"train-stepp\"; there are: gemm-peak, train-step,'",
  })
  void a_bad_argument_is_refused_before_anything_is_measured(String argument, String message) {
    assertThat(execute(argument)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void memory_is_not_measured_beside_figures() {
    assertThat(execute("encode", "--memory=10")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--memory measures no figures: leave out encode");
  }

  @Test
  void the_help_names_every_figure_and_suite() {
    assertThat(new CommandLine(new BenchCommand()).getUsageMessage().replaceAll("\\s+", " "))
        .contains(String.join(", ", Bench.figures()))
        .contains(String.join(", ", Bench.suites()));
  }
}
