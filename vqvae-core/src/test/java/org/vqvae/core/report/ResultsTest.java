package org.vqvae.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vqvae.core.data.DataException;

class ResultsTest {

  @Test
  void are_one_flat_object_in_the_order_of_the_keys() {
    // GIVEN figures in any order
    Results results =
        Results.empty()
            .with(ResultKeys.TEST_NMSE, 0.05613)
            .with(ResultKeys.PRIOR_BITS.of("pixelcnn"), 6.125)
            .with(ResultKeys.TRAIN_STEPS, 10_000)
            .with(ResultKeys.EXPERIMENT, "glyphs \"<1>\"");

    // THEN
    assertThat(results.json())
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
  void read_back_as_they_were_written(@TempDir Path folder) {
    // GIVEN figures that are not finite among them
    Results results =
        FakeRun.results()
            .with(ResultKeys.TEST_MSE, Double.NaN)
            .with(ResultKeys.PRIOR_BITS.of("unigram"), Double.POSITIVE_INFINITY);
    Path file = folder.resolve("results.json");

    // WHEN
    results.write(file);

    // THEN
    assertThat(Results.read(file).entries()).isEqualTo(results.entries()).hasSizeGreaterThan(20);
    assertThat(file).content().contains("\"test.mse\": \"NaN\"", "\"Infinity\"");
  }

  @Test
  void of_a_later_stage_replace_and_add() {
    // GIVEN
    Results train = Results.empty().with(ResultKeys.TEST_MSE, 1).with(ResultKeys.TEST_NMSE, 2);
    Results again = Results.empty().with(ResultKeys.TEST_NMSE, 3).with(ResultKeys.TEST_NLL, 4);

    // THEN
    assertThat(train.with(again).json())
        .isEqualTo("{\n  \"test.nll\": 4,\n  \"test.mse\": 1,\n  \"test.nmse\": 3\n}\n");
  }

  @Test
  void know_their_priors() {
    assertThat(FakeRun.results().priors()).containsExactly("uniform", "unigram", "pixelcnn");
  }

  @Test
  void take_documented_keys_only() {
    Results results = Results.empty();
    assertThatThrownBy(() -> results.with(ResultKeys.PRIOR_BITS, 1))
        .hasMessage(
            "prior.<prior>.bits-per-code is not a complete key of results: use one of ResultKeys,"
                + " with of(name) where it has a <name>");
    assertThatThrownBy(() -> results.with(new ResultKey("test.magic", "codes", "", ""), 1))
        .hasMessageStartingWith("test.magic is not a complete key of results");
    assertThatThrownBy(() -> results.with(ResultKeys.EXPERIMENT, 1))
        .hasMessage("run.experiment takes words, not 1.0");
    assertThatThrownBy(() -> results.with(ResultKeys.TEST_MSE, "x"))
        .hasMessage("test.mse takes a number, not x");
    assertThatThrownBy(() -> ResultKeys.TEST_MSE.of("x"))
        .hasMessage("the key test.mse has no place for a name such as x");
  }

  @Nested
  class WhenTheFileIsBad {
    @TempDir Path folder;

    @Test
    void it_may_be_no_json() throws IOException {
      assertThatThrownBy(() -> Results.read(file("")))
          .isInstanceOf(DataException.class)
          .hasMessageEndingWith(
              "results.json: not a JSON object; the command that wrote it can write it again");
      assertThatThrownBy(() -> Results.read(file("{\"test.mse\": 1")))
          .hasMessageEndingWith(
              "results.json: not a JSON object; the command that wrote it can write it again");
      assertThatThrownBy(() -> Results.read(file("[1]")))
          .hasMessageEndingWith(
              "results.json: not a JSON object; the command that wrote it can write it again");
    }

    @Test
    void it_may_have_a_key_that_is_none() throws IOException {
      assertThatThrownBy(() -> Results.read(file("{\"test.magic\": 1}")))
          .hasMessageEndingWith(
              "results.json: \"test.magic\" is no key of results; see docs/results-keys.md");
    }

    @Test
    void it_may_have_words_for_numbers() throws IOException {
      assertThatThrownBy(() -> Results.read(file("{\"test.mse\": \"small\"}")))
          .hasMessageEndingWith("results.json: \"test.mse\" is \"small\" but must be a number");
      assertThatThrownBy(() -> Results.read(file("{\"test.mse\": null}")))
          .hasMessageEndingWith("results.json: \"test.mse\" is null but must be a number");
    }

    private Path file(String content) throws IOException {
      return Files.writeString(folder.resolve("results.json"), content);
    }
  }

  @Nested
  class Keys {

    @Test
    void are_documented_as_the_docs_say() throws IOException {
      // When this fails, replace the file's content by ResultKeys.markdown().
      assertThat(Files.readString(Path.of("../docs/results-keys.md")))
          .isEqualTo(ResultKeys.markdown());
    }

    @Test
    void have_one_meaning_each() {
      assertThat(ResultKeys.all()).extracting(ResultKey::name).doesNotHaveDuplicates();
      assertThat(ResultKeys.all())
          .allMatch(key -> key.meaning().endsWith(".") && !key.unit().isBlank());
    }

    @Test
    void fill_in_the_name_of_a_prior() {
      assertThat(ResultKeys.find("bound.pixelcnn.rate"))
          .hasValueSatisfying(
              key -> assertThat(key).isEqualTo(ResultKeys.BOUND_RATE.of("pixelcnn")));
      assertThat(ResultKeys.BOUND_RATE.of("pixelcnn").meaning())
          .startsWith("prior.pixelcnn.bits-per-code x");
      assertThat(ResultKeys.find("bound.a.b.rate")).isEmpty();
    }
  }

  @Nested
  class Bounds {

    @Test
    void are_8_bits_for_a_uniform_density_over_all_bytes() {
      // GIVEN the density 1 / (256 / 255) over an interval with room for 256 levels
      double nats = Math.log(256.0 / 255);

      // THEN
      assertThat(Bound.distortion(nats, Bound.BYTE_LEVELS)).isCloseTo(8, within(1e-12));
    }

    @Test
    void spread_the_codes_over_the_values() {
      // GIVEN 64 codes of 9 bits for 32 x 32 x 3 values
      assertThat(Bound.rate(9, 64, 3072)).isEqualTo(0.1875);
      assertThat(new Bound(2, 0.1875).total()).isEqualTo(2.1875);
    }
  }
}
