package org.vqvae.core.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TimingTest {

  @Test
  void of_an_odd_number_of_runs_the_median_is_the_middle_one() {
    // GIVEN three runs, WHEN
    Timing timing = Timing.of(new long[] {9_000_000, 1_000_000, 2_000_000}, 4);

    // THEN
    assertThat(timing).isEqualTo(new Timing(3, 1, 2, 9, 4));
  }

  @Test
  void of_an_even_number_of_runs_the_median_lies_between_the_middle_two() {
    assertThat(Timing.of(new long[] {8_000_000, 1_000_000, 2_000_000, 3_000_000}, 0).median())
        .isEqualTo(2.5);
  }

  @Test
  void one_run_is_its_own_minimum_median_and_maximum() {
    assertThat(Timing.of(new long[] {1_500_000}, 0)).isEqualTo(new Timing(1, 1.5, 1.5, 1.5, 0));
  }

  @Test
  void the_runs_stay_in_their_order() {
    // GIVEN
    long[] runs = {3, 1, 2};

    // WHEN
    Timing.of(runs, 0);

    // THEN
    assertThat(runs).containsExactly(3, 1, 2);
  }

  @Test
  void of_no_runs_there_is_no_statistic() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timing.of(new long[0], 0))
        .withMessageContaining("no runs");
  }
}
