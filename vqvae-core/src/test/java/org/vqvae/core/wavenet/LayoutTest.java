package org.vqvae.core.wavenet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vqvae.core.wavenet.Layout.Span;

class LayoutTest {

  @ParameterizedTest
  @CsvSource({
    "1, 5120, 1, 4",
    "1, 5120, 80, 4",
    "1, 16384, 256, 11",
    "1, 2000, 1, 4",
    "1, 1000, 1, 2",
    "1, 640, 1, 1",
    "32, 4096, 64, 86",
    "2000, 7, 7, 7",
    "3, 2, 1, 1",
    "1, 1, 1, 1"
  })
  void blocks_are_all_rows_in_order_and_none_is_much_longer_than_another(
      int sequences, int steps, int frames, int blocks) {
    // Given
    Layout layout = new Layout(sequences, steps, frames);
    List<Long> lengths = new ArrayList<>();
    long end = 0;
    // When
    for (Span block : layout.blocks()) {
      assertThat(block.from()).isEqualTo(end);
      assertThat(block.rows() % sequences).isZero();
      assertThat(block.rows()).isLessThanOrEqualTo(layout.longestBlock());
      lengths.add(block.rows());
      end = block.end();
    }
    // Then
    assertThat(end).isEqualTo(layout.rows());
    assertThat(lengths).hasSize(blocks);
    long longest = lengths.stream().mapToLong(Long::longValue).max().orElseThrow();
    assertThat(lengths)
        .allSatisfy(rows -> assertThat(longest - rows).isLessThanOrEqualTo(2L * sequences));
  }

  @Test
  void pieces_end_where_other_conditions_hold() {
    // Given three sequences of twelve steps, each with four vectors
    Layout layout = new Layout(3, 12, 4);
    // When steps 2 to 7 are cut
    Span span = new Span(3 * 2, 3 * 6);
    // Then the first vector holds for one of them, the second for three, the third for two
    assertThat(layout.pieces(span))
        .containsExactly(new Span(6, 3), new Span(9, 9), new Span(18, 6));
    assertThat(layout.conditions(span)).isEqualTo(new Span(0, 9));
  }

  @Test
  void one_vector_for_each_sequence_holds_everywhere() {
    Layout layout = new Layout(3, 12, 1);
    Span span = new Span(6, 18);
    assertThat(layout.pieces(span)).containsExactly(span);
    assertThat(layout.conditions(span)).isEqualTo(new Span(0, 3));
  }
}
