package org.vqvae.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyCatalogTest {
  private static final ResultKey LENGTH =
      new ResultKey("series.<field>.length", "days", "<field>: length", "The mean length.");

  private final KeyCatalog core = KeyCatalog.core();

  @Test
  void documents_the_keys_of_core_as_the_docs_say() throws IOException {
    // When this fails, replace the page's content as vqvae-audio's SoundKeysTest says.
    assertThat(Files.readString(Path.of("../docs/results-keys.md"))).startsWith(core.markdown());
  }

  @Test
  void holds_every_key_of_core_once() {
    // Given the constants of the class
    List<ResultKey> constants =
        Arrays.stream(ResultKeys.class.getFields()).map(KeyCatalogTest::value).toList();

    // Then the list lacks none; the negative log-likelihood is a case of the key of terms
    assertThat(core.keys()).extracting(ResultKey::form).doesNotHaveDuplicates();
    assertThat(constants)
        .filteredOn(key -> !key.equals(ResultKeys.TEST_NLL))
        .containsExactlyElementsOf(core.keys());
  }

  private static ResultKey value(Field constant) {
    try {
      return (ResultKey) constant.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void has_a_sentence_for_each_key() {
    assertThat(core.keys()).allMatch(key -> key.meaning().endsWith("."));
  }

  @Test
  void fills_in_the_name_of_a_prior() {
    assertThat(core.find("bound.pixelcnn.rate")).hasValue(ResultKeys.BOUND_RATE.of("pixelcnn"));
    assertThat(ResultKeys.BOUND_RATE.of("pixelcnn").meaning())
        .startsWith("prior.pixelcnn.bits-per-example /");
    assertThat(core.find("bound.a.b.rate")).isEmpty();
  }

  @Test
  void knows_the_latents_own_prior_from_the_others() {
    assertThat(core.find("bound.latents.rate")).hasValue(ResultKeys.LATENTS_RATE);
  }

  @Test
  void takes_the_keys_of_a_medium_behind_its_own() {
    // When
    KeyCatalog both = core.with("series", List.of(LENGTH));

    // Then
    assertThat(both.keys()).startsWith(core.keys().toArray(ResultKey[]::new)).endsWith(LENGTH);
    assertThat(both.find("series.weekday.length")).hasValue(LENGTH.of("weekday"));
    assertThat(both.markdown())
        .startsWith(core.markdown())
        .endsWith(
            """

            ## Keys of medium `series`

            | key | unit | meaning |
            | --- | --- | --- |
            | `series.<field>.length` | days | The mean length. |
            """);
    assertThat(core.find("series.weekday.length")).isEmpty();
  }

  @Test
  void shows_figures_of_a_medium_in_its_order() {
    // Given
    Results results = Results.empty().with(LENGTH.of("weekday"), 7).with(ResultKeys.TEST_MSE, 0.5);

    // Then
    assertThat(results.ordered(core.with("series", List.of(LENGTH))).json())
        .isEqualTo("{\n  \"test.mse\": 0.5,\n  \"series.weekday.length\": 7\n}\n");
  }

  @ParameterizedTest
  @CsvSource({"test.mse", "prior.<other>.bits-per-code"})
  void refuses_a_key_that_exists(String name) {
    ResultKey again = new ResultKey(name, "codes", "", "");
    assertThatThrownBy(() -> core.with("series", List.of(again)))
        .hasMessage(
            "medium \"series\" brings the result key "
                + name
                + ", which exists already: choose another name");
  }

  @Test
  void refuses_a_key_without_a_group() {
    assertThatThrownBy(() -> new ResultKey("magic", "codes", "", ""))
        .hasMessage(
            "a key of results needs a name of two or more parts, such as \"test.mse\", and a unit,"
                + " but is \"magic\" in \"codes\"");
  }
}
