package org.vqvae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CodeShapeTest {
  private static final CodeMap TOP = new CodeMap("top", new Grid(1, 2), List.of(5));
  private static final CodeMap BOTTOM = new CodeMap("bottom", new Grid(2, 2), List.of(7, 3));
  private static final CodeShape TWO = new CodeShape(List.of(TOP, BOTTOM));

  @Test
  void counts_the_codes_of_all_maps() {
    assertThat(TOP.codes()).isEqualTo(2);
    assertThat(BOTTOM.codes()).isEqualTo(8);
    assertThat(TWO.codes()).isEqualTo(10);
    assertThat(TWO.first(0)).isZero();
    assertThat(TWO.first(1)).isEqualTo(2);
    assertThat(TWO.depth()).isEqualTo(2);
  }

  @Test
  void codes_lie_in_the_order_map_position_codebook() {
    int[] expected = {5, 5, 7, 3, 7, 3, 7, 3, 7, 3};
    for (int i = 0; i < expected.length; i++) {
      assertThat(TWO.codebookSize(i)).isEqualTo(expected[i]);
    }
    assertThatThrownBy(() -> TWO.codebookSize(10))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("code 10 of 10");
  }

  @Test
  void only_one_map_of_one_codebook_is_single() {
    assertThat(CodeShape.of(new Grid(8), 512).isSingle()).isTrue();
    assertThat(CodeShape.of(new Grid(8), List.of(512, 512)).isSingle()).isFalse();
    assertThat(TWO.isSingle()).isFalse();
    assertThat(TWO.only(0).isSingle()).isTrue();
  }

  @Test
  void uniform_codes_cost_log2_k_each() {
    double expected = (2 * Math.log(5) + 4 * (Math.log(7) + Math.log(3))) / Math.log(2);
    assertThat(TWO.uniformBits()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void bits_of_codebooks_of_a_power_of_two_are_whole() {
    for (int bits = 1; bits <= 30; bits++) {
      CodeShape codes = CodeShape.of(new Grid(8, 8), List.of(1 << bits, 1 << bits, 1 << bits));
      assertThat(codes.uniformBits()).isEqualTo(3 * 64 * bits);
    }
  }

  @Test
  void truncation_keeps_the_first_codebooks_of_each_map() {
    assertThat(TWO.truncated(1))
        .isEqualTo(new CodeShape(List.of(TOP, new CodeMap("bottom", new Grid(2, 2), List.of(7)))));
    assertThat(TWO.truncated(2)).isEqualTo(TWO);
  }

  @Test
  void other_grids_keep_names_and_codebooks() {
    CodeShape other = TWO.onGrids(grid -> new Grid(3));
    assertThat(other.maps()).extracting(CodeMap::grid).containsOnly(new Grid(3));
    assertThat(other.maps()).extracting(CodeMap::name).containsExactly("top", "bottom");
    assertThat(other.map(1).codebookSizes()).containsExactly(7, 3);
  }

  @Test
  void reads_as_grids_and_codebook_sizes() {
    assertThat(CodeShape.of(new Grid(8, 8), 512)).hasToString("8x8 of K = 512");
    assertThat(TWO).hasToString("top 1x2 of K = 5 and bottom 2x2 of K = 7, 3");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("impossible")
  void what_cannot_be_is_refused(String name, ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(RuntimeException.class).hasMessageContaining(message);
  }

  static List<Arguments> impossible() {
    Grid grid = new Grid(2);
    return List.of(
        fault(
            "a depth of 0",
            () -> TWO.truncated(0),
            "0 levels were asked for, but these codes have 2: choose 1 to 2"),
        fault(
            "a depth beyond the levels",
            () -> TWO.truncated(3),
            "3 levels were asked for, but these codes have 2: choose 1 to 2"),
        fault("no maps", () -> new CodeShape(List.of()), "one or more maps"),
        fault(
            "two maps of one name",
            () -> new CodeShape(List.of(TOP, TOP)),
            "each with a name of its own"),
        fault("no codebooks", () -> CodeShape.of(grid, List.of()), "one or more codebooks"),
        fault(
            "a codebook of nothing",
            () -> CodeShape.of(grid, List.of(4, 0)),
            "at least 1 entry but has [4, 0]"),
        fault(
            "a name in capitals",
            () -> new CodeMap("Top", grid, List.of(4)),
            "lower-case letters, digits and '-' but was \"Top\""),
        fault(
            "more codes than an int can count",
            () -> CodeShape.of(new Grid(1 << 30), List.of(2, 2)),
            "integer overflow"));
  }

  private static Arguments fault(String name, ThrowingCallable making, String message) {
    return Arguments.of(name, making, message);
  }
}
