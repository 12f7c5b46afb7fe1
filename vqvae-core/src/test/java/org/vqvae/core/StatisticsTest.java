package org.vqvae.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static final Statistics FIRST = Statistics.of(new double[] {1, 2}, new float[] {5, 6});
  private static final Statistics SECOND = Statistics.of(new double[] {10, 20}, new float[] {7});

  @Test
  void sums_add_and_rows_are_concatenated_in_the_order_of_the_parts() {
    Statistics both = FIRST.plus(SECOND);
    assertThat(both.sums()).containsExactly(11, 22);
    assertThat(both.rows()).containsExactly(5, 6, 7);
    assertThat(SECOND.plus(FIRST).rows()).containsExactly(7, 5, 6);
  }

  @Test
  void adding_changes_neither() {
    FIRST.plus(SECOND);
    assertThat(FIRST.sums()).containsExactly(1, 2);
    assertThat(SECOND.sums()).containsExactly(10, 20);
  }

  @Test
  void nothing_adds_nothing() {
    assertThat(Statistics.NONE.plus(FIRST)).isSameAs(FIRST);
    assertThat(FIRST.plus(Statistics.NONE)).isSameAs(FIRST);
    assertThat(Statistics.NONE.isEmpty()).isTrue();
    assertThat(Statistics.of(List.of(Statistics.NONE)).isEmpty()).isTrue();
    assertThat(Statistics.of(List.of(FIRST)).isEmpty()).isFalse();
  }

  @Test
  void parts_add_part_by_part_even_where_one_has_none() {
    // Given a bottleneck of two levels of which one pass used only the first
    Statistics all = Statistics.of(List.of(FIRST, FIRST));
    Statistics shallow = Statistics.of(List.of(SECOND));
    // When
    Statistics both = all.plus(shallow);
    // Then
    assertThat(both.part(0).sums()).containsExactly(11, 22);
    assertThat(both.part(1).sums()).containsExactly(1, 2);
    assertThat(both.part(2)).isSameAs(Statistics.NONE);
    assertThat(shallow.plus(all).part(1).sums()).containsExactly(1, 2);
  }
}
