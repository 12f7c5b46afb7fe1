package org.vqvae.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vqvae.core.config.ConfigException;

/**
 * Every file in {@code bad/} is an experiment that cannot be run, followed by the message that says
 * why. A line {@code >>> file NAME} begins a file (the first text is {@code experiment.conf}),
 * {@code >>> set KEY=VALUE} is an override, {@code >>> load NAME} says which file to load, {@code
 * >>> message} begins what is expected.
 */
class BadExperimentsTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void is_told_what_is_wrong(String name) throws Exception {
    // GIVEN
    Case bad = Case.parse(Files.readString(cases().resolve(name)));
    Experiments experiments = new Experiments(folder);
    experiments.write("valid.conf", Experiments.VALID);
    bad.files.forEach(file -> experiments.write(file.name, file.text.toString()));

    // WHEN
    ConfigException refusal =
        catchThrowableOfType(
            ConfigException.class,
            () -> experiments.load(folder.resolve(bad.load), bad.overrides.toArray(String[]::new)));

    // THEN
    assertThat(refusal).isNotNull();
    assertThat(refusal.getMessage().replace(folder + "/", "")).isEqualTo(bad.message.strip());
    assertThat(refusal.problems()).isNotEmpty();
  }

  static Stream<String> names() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(cases())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  private static Path cases() throws URISyntaxException {
    return Path.of(BadExperimentsTest.class.getResource("bad").toURI());
  }

  private record Text(String name, StringBuilder text) {}

  private static final class Case {
    final List<Text> files = new ArrayList<>();
    final List<String> overrides = new ArrayList<>();
    String load = "experiment.conf";
    String message = "";

    static Case parse(String text) {
      Case result = new Case();
      String[] parts = text.split("(?m)^>>> message\n", 2);
      result.message = parts[1];
      result.files.add(new Text("experiment.conf", new StringBuilder()));
      parts[0].lines().forEach(result::accept);
      return result;
    }

    private void accept(String line) {
      if (line.startsWith(">>> file ")) {
        files.add(new Text(line.substring(9), new StringBuilder()));
      } else if (line.startsWith(">>> set ")) {
        overrides.add(line.substring(8));
      } else if (line.startsWith(">>> load ")) {
        load = line.substring(9);
      } else {
        files.get(files.size() - 1).text.append(line).append('\n');
      }
    }
  }
}
