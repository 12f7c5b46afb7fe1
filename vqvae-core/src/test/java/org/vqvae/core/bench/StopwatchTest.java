package org.vqvae.core.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.vqvae.core.bench.Stopwatch.Plan;

class StopwatchTest {
  private static final long SECOND = 1_000_000_000;

  private long now;
  private long runs;
  private long compiled;

  /** Work whose run of that number, from 0, takes that many nanoseconds of the test's clock. */
  private Timing time(Plan plan, LongUnaryOperator nanosOfRun) {
    return new Stopwatch(plan, () -> now, () -> compiled)
        .time(() -> now += nanosOfRun.applyAsLong(runs++));
  }

  @Test
  void work_that_is_steady_is_warmed_up_for_the_least_time() {
    // GIVEN work of a tenth of a second, WHEN two seconds of warm-up are asked for
    Timing timing = time(Plan.of(7, 2), run -> SECOND / 10);

    // THEN twenty runs warm up and seven count
    assertThat(runs).isEqualTo(27);
    assertThat(timing.runs()).isEqualTo(7);
    assertThat(timing.median()).isEqualTo(100);
  }

  @Test
  void work_that_gets_faster_is_run_until_it_does_not() {
    // GIVEN work that is slow forty times, WHEN two seconds of warm-up are asked for
    Timing timing =
        time(Plan.of(5, 2), run -> run < 40 ? SECOND / 10 - run * SECOND / 1000 : SECOND / 50);

    // THEN no slow run counts
    assertThat(timing.maximum()).isEqualTo(20);
  }

  @Test
  void work_that_is_still_being_compiled_is_run_on() {
    // GIVEN steady work of a tenth of a second, compiled for 3 ms in each of the first fifty runs
    Timing timing =
        time(
            Plan.of(7, 2),
            run -> {
              compiled += run < 50 ? 3 : 0;
              return SECOND / 10;
            });

    // THEN the block after these ends the warm-up
    assertThat(runs).isEqualTo(67);
    assertThat(timing.runs()).isEqualTo(7);
  }

  @Test
  void work_that_never_stops_getting_faster_is_timed_after_six_times_the_least_time() {
    // GIVEN work that gets faster with every run
    Timing timing = time(Plan.of(3, 1), run -> SECOND * 10 - run * SECOND / 100);

    // THEN one block of ten was enough to exceed six seconds
    assertThat(runs).isEqualTo(13);
    assertThat(timing.runs()).isEqualTo(3);
  }

  @Test
  void without_warm_up_every_run_counts() {
    assertThat(time(Plan.of(4, 0), run -> SECOND).runs()).isEqualTo(4);
    assertThat(runs).isEqualTo(4);
  }
}
