package org.vqvae.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.Term;
import org.vqvae.core.Unit;
import org.vqvae.core.data.DataException;

class ResultsTest {
  private static final KeyCatalog KEYS = KeyCatalog.core();

  @TempDir Path folder;

  @Test
  void are_one_flat_object_in_the_order_of_the_keys() {
    // Given figures in any order
    Results results =
        Results.empty()
            .with(ResultKeys.TEST_NMSE, 0.05613)
            .with(ResultKeys.PRIOR_BITS.of("pixelcnn"), 6.125)
            .with(ResultKeys.TRAIN_STEPS, 10_000)
            .with(ResultKeys.EXPERIMENT, "glyphs \"<1>\"");

    // Then
    assertThat(results.ordered(KEYS).json())
        .isEqualTo(
            """
            {
              "run.experiment": "glyphs \\"<1>\\"",
              "train.steps": 10000,
              "test.nmse": 0.05613,
              "prior.pixelcnn.bits-per-code": 6.125
            }
            """);
  }

  @Test
  void read_back_as_they_were_written() {
    // Given figures that are not finite among them
    Results results =
        FakeRun.results()
            .with(ResultKeys.TEST_MSE, Double.NaN)
            .with(ResultKeys.PRIOR_BITS.of("unigram"), Double.POSITIVE_INFINITY)
            .ordered(KEYS);
    Path file = folder.resolve("results.json");

    // When
    results.write(file);

    // Then
    assertThat(Results.read(file, KEYS).entries())
        .usingElementComparator(ResultsTest::compare)
        .isEqualTo(results.entries())
        .hasSizeGreaterThan(20);
    assertThat(file).content().contains("\"test.mse\": \"NaN\"", "\"Infinity\"");
  }

  /** The unit of a term is not in the file. */
  private static int compare(Results.Entry a, Results.Entry b) {
    return a.key().name().equals(b.key().name()) && a.value().equals(b.value()) ? 0 : 1;
  }

  @Test
  void of_a_later_stage_replace_and_add() {
    // Given
    Results train = Results.empty().with(ResultKeys.TEST_MSE, 1).with(ResultKeys.TEST_NMSE, 2);
    Results again = Results.empty().with(ResultKeys.TEST_NMSE, 3).with(ResultKeys.TEST_NLL, 4);

    // Then
    assertThat(train.with(again).ordered(KEYS).json())
        .isEqualTo("{\n  \"test.loss.nll\": 4,\n  \"test.mse\": 1,\n  \"test.nmse\": 3\n}\n");
  }

  @Test
  void know_the_names_that_stand_in_their_keys() {
    assertThat(FakeRun.results().priors()).containsExactly("uniform", "unigram", "pixelcnn");
    assertThat(FakeRun.results().codebooks()).containsExactly("codes");
    assertThat(FakeRun.results().names(ResultKeys.TEST_LOSS)).containsExactly("nll", "commitment");
    assertThat(FakeRun.results().names(ResultKeys.TEST_MSE)).isEmpty();
  }

  @Test
  void show_the_value_of_a_term_in_its_unit() {
    // Given
    Term kl = new Term("kl", Unit.NATS_PER_VALUE, 0.1, 1);

    // When
    Results results = Results.empty().with(ResultKeys.testLoss(kl), kl.value());

    // Then
    assertThat(results.entries().get(0).key().unit()).isEqualTo("nats per value");
    assertThat(results.number(ResultKeys.TEST_LOSS.of("kl"))).hasValue(0.1);
  }

  @Test
  void take_complete_keys_and_fitting_values_only() {
    Results results = Results.empty();
    assertThatThrownBy(() -> results.with(ResultKeys.PRIOR_BITS, 1))
        .hasMessage(
            "prior.<prior>.bits-per-code is not a complete key of results: fill its <name> by"
                + " of(name)");
    assertThatThrownBy(() -> results.with(ResultKeys.EXPERIMENT, 1))
        .hasMessage("run.experiment takes words, not 1.0");
    assertThatThrownBy(() -> results.with(ResultKeys.TEST_MSE, "x"))
        .hasMessage("test.mse takes a number, not x");
    assertThatThrownBy(() -> ResultKeys.TEST_MSE.of("x"))
        .hasMessage("the key test.mse has no place for a name such as x");
  }

  @Test
  void must_be_documented_to_have_an_order() {
    // Given
    Results results = Results.empty().with(new ResultKey("test.magic", "codes", "", ""), 1);

    // Then
    assertThatThrownBy(() -> results.ordered(KEYS))
        .hasMessage(
            "test.magic is no documented key of results: a medium lists its keys beside its"
                + " exhibits");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``| not a JSON object; the command that wrote it can write it again",
        "{\"test.mse\": 1 | not a JSON object; the command that wrote it can write it again",
        "[1] | not a JSON object; the command that wrote it can write it again",
        "{\"test.magic\": 1} | `\"test.magic\" is no key of results; see docs/results-keys.md, and"
            + " install the module of the run's medium if it is missing`",
        "{\"test.mse\": \"small\"} | \"test.mse\" is \"small\" but must be a number",
        "{\"test.mse\": null} | \"test.mse\" is null but must be a number",
      })
  void say_what_is_wrong_with_a_file(String content, String message) throws IOException {
    // Given
    Path file = Files.writeString(folder.resolve("results.json"), content);

    // Then
    assertThatThrownBy(() -> Results.read(file, KEYS))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("results.json: " + message);
  }
}
