package example;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.likelihood.GaussianLikelihood;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.testing.QuantizerContract;

/** The README's example of a quantizer of one's own: this is it, it compiles, and it trains. */
class ReadmeExampleTest {
  private static final Path SOURCES = Path.of("src/test/java/example");
  private static final Path README = Path.of("../README.md");

  @ParameterizedTest
  @ValueSource(strings = {"RoundingQuantizer", "RoundingPlugin", "Spots", "TrainOnSpots"})
  void stands_in_the_readme_word_for_word(String name) throws IOException {
    assertThat(blockOfReadme(name)).isEqualTo(body(SOURCES.resolve(name + ".java")));
  }

  @Test
  void a_quantizer_takes_at_most_46_lines() throws IOException {
    long lines =
        body(SOURCES.resolve("RoundingQuantizer.java")).lines().filter(it -> !it.isBlank()).count();
    assertThat(lines).isBetween(20L, 46L);
  }

  private static String blockOfReadme(String name) throws IOException {
    Matcher block =
        Pattern.compile("<!-- example: %s -->\n```java\n(.*?)```\n".formatted(name), Pattern.DOTALL)
            .matcher(Files.readString(README));
    assertThat(block.find()).as("README.md has an example %s", name).isTrue();
    return block.group(1);
  }

  /** A source without its package and imports. */
  private static String body(Path source) throws IOException {
    return Files.readAllLines(source).stream()
            .filter(line -> !line.startsWith("package ") && !line.startsWith("import "))
            .collect(Collectors.joining("\n"))
            .stripLeading()
        + "\n";
  }

  @Test
  void learns_to_reconstruct_its_data() {
    // Given the nats of a model that knows the mean and the variance of the data, and no more
    double variance = 3 / 16.0;
    double ignorant = new GaussianLikelihood(variance).nats(variance);
    // When it trains
    double[] losses =
        TrainOnSpots.train(() -> new RoundingQuantizer(new RoundingQuantizer.Settings(8)), 500);
    // Then it ends with half of the variance unexplained at most
    assertThat(losses[0]).isGreaterThan(ignorant - 0.05);
    assertThat(losses[499]).isLessThan(new GaussianLikelihood(variance).nats(variance / 2));
  }

  @Test
  void is_chosen_by_its_name_once_it_is_registered() {
    Catalog catalog =
        Catalog.of(
            List.of(new RoundingPlugin()), ConfigFactory.empty(), getClass().getClassLoader());
    assertThat(catalog.types("quantizer")).containsExactly("rounding");
    assertThat(catalog.find("quantizer", "rounding").orElseThrow().implementation())
        .isEqualTo(RoundingQuantizer.class);
  }

  @Nested
  class Is_a_quantizer_like_any_other extends QuantizerContract {
    @Override
    protected Quantizer create(Scope scope) {
      return new RoundingQuantizer(new RoundingQuantizer.Settings(8));
    }
  }
}
