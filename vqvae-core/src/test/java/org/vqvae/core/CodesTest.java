package org.vqvae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.testing.RandomCodes;

class CodesTest {
  private static final Pattern SPACE = Pattern.compile(" ");

  private static final CodeShape TWO =
      new CodeShape(
          List.of(
              new CodeMap("top", new Grid(2), List.of(9)),
              new CodeMap("bottom", new Grid(3), List.of(20, 30))));

  /** Two examples; the codes of an example: top, then the pairs of bottom. */
  private static final Codes CODES =
      Codes.of(TWO, 1, 2, 10, 11, 12, 13, 14, 15, 3, 4, 16, 17, 18, 19, 5, 21);

  @Test
  void are_found_by_example_map_position_and_codebook() {
    assertThat(CODES.examples()).isEqualTo(2);
    assertThat(CODES.get(0, 0, 1, 0)).isEqualTo(2);
    assertThat(CODES.get(0, 1, 0, 1)).isEqualTo(11);
    assertThat(CODES.get(1, 0, 0, 0)).isEqualTo(3);
    assertThat(CODES.get(1, 1, 2, 1)).isEqualTo(21);
  }

  @Test
  void of_one_map_are_codes_themselves() {
    assertThat(CODES.map(0)).isEqualTo(Codes.of(TWO.only(0), 1, 2, 3, 4));
    assertThat(CODES.map(1))
        .isEqualTo(Codes.of(TWO.only(1), 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 5, 21));
  }

  @Test
  void of_one_codebook_are_numbers() {
    assertThat(CODES.ofCodebook(0, 0)).containsExactly(1, 2, 3, 4);
    assertThat(CODES.ofCodebook(1, 0)).containsExactly(10, 12, 14, 16, 18, 5);
    assertThat(CODES.ofCodebook(1, 1)).containsExactly(11, 13, 15, 17, 19, 21);
  }

  @Test
  void of_some_examples_are_a_part() {
    assertThat(CODES.examples(1, 2)).isEqualTo(Codes.of(TWO, 3, 4, 16, 17, 18, 19, 5, 21));
  }

  @Test
  void truncated_keep_the_first_codebooks() {
    assertThat(CODES.truncated(1))
        .isEqualTo(Codes.of(TWO.truncated(1), 1, 2, 10, 12, 14, 3, 4, 16, 18, 5));
    assertThat(CODES.truncated(2)).isSameAs(CODES);
  }

  @Test
  void never_change() {
    // Given
    int[] given = {1, 2, 3};
    Codes codes = Codes.of(CodeShape.of(new Grid(3), 4), given);
    // When what they were made of and what they gave are changed
    given[0] = 3;
    codes.values()[1] = 3;
    codes.ofCodebook(0, 0)[2] = 0;
    // Then
    assertThat(codes.values()).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void cut_into_parts_and_joined_are_the_same(long seed) {
    // Given
    RandomStream random = RandomStream.of(seed, "codes");
    Codes codes = RandomCodes.of(RandomCodes.shape(random), 5, random);
    int cut = 1 + random.nextInt(4);
    // When, then
    assertThat(Codes.concat(List.of(codes.examples(0, cut), codes.examples(cut, 5))))
        .isEqualTo(codes)
        .hasSameHashCodeAs(codes);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void truncation_keeps_each_code_at_its_place(long seed) {
    // Given
    RandomStream random = RandomStream.of(seed, "codes");
    Codes codes = RandomCodes.of(RandomCodes.shape(random), 3, random);
    for (int depth = 1; depth <= codes.shape().depth(); depth++) {
      // When
      Codes kept = codes.truncated(depth);
      // Then the kept codebooks have the codes that they had
      assertThat(kept.shape()).isEqualTo(codes.shape().truncated(depth));
      for (int m = 0; m < kept.shape().maps().size(); m++) {
        for (int q = 0; q < kept.shape().map(m).depth(); q++) {
          assertThat(kept.ofCodebook(m, q)).containsExactly(codes.ofCodebook(m, q));
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a code beyond its codebook | 1 2 20 0 0 0 0 0 | example 0, map \"bottom\", position 0:"
            + " code 20 is not in 0..19",
        "a code of the other codebook | 1 2 0 0 0 30 0 0 | example 0, map \"bottom\", position 1:"
            + " code 30 is not in 0..29",
        "a negative code | -1 2 0 0 0 0 0 0 | example 0, map \"top\", position 0: code -1 is not in"
            + " 0..8",
        "half an example | 1 2 0 0 | codes: expected whole examples of 8 codes (top 2 of K = 9 and"
            + " bottom 3 of K = 20, 30), at least one, but there are 4 codes",
      })
  void what_does_not_fit_the_shape_is_refused(String name, String values, String message) {
    int[] codes = SPACE.splitAsStream(values).mapToInt(Integer::parseInt).toArray();
    assertThatThrownBy(() -> Codes.of(TWO, codes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void of_no_examples_are_refused() {
    assertThatThrownBy(() -> Codes.of(TWO)).hasMessageEndingWith("but there are 0 codes");
  }

  @Test
  void of_another_shape_cannot_follow() {
    Codes other = Codes.of(CodeShape.of(new Grid(1), 2), 0);
    assertThatThrownBy(() -> Codes.concat(List.of(CODES, other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "codes of 1 of K = 2 cannot follow codes of top 2 of K = 9 and bottom 3 of K = 20, 30");
  }

  @Test
  void a_depth_beyond_the_levels_is_refused() {
    assertThatThrownBy(() -> CODES.truncated(3))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage("3 levels were asked for, but these codes have 2: choose 1 to 2");
  }
}
