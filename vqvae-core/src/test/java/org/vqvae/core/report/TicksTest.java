package org.vqvae.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TicksTest {

  @Test
  void takes_round_numbers_with_as_many_decimals_as_they_need() {
    assertThat(Ticks.linear(0.013, 0.97, 5).labels())
        .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    assertThat(Ticks.linear(1, 10_000, 5).labels())
        .containsExactly("0", "2,000", "4,000", "6,000", "8,000", "10,000");
    assertThat(Ticks.linear(-1.3, 0.2, 4).labels())
        .containsExactly("-1.5", "-1.0", "-0.5", "0.0", "0.5");
  }

  @Test
  void makes_room_around_a_single_value() {
    assertThat(Ticks.linear(3, 3, 4).first()).isLessThan(3);
    assertThat(Ticks.linear(3, 3, 4).last()).isGreaterThan(3);
    assertThat(Ticks.linear(0, 0, 4).values()).contains(-1.0, 0.0, 1.0);
  }

  @Test
  void marks_powers_of_ten_and_2_and_5_times_them_on_a_logarithmic_axis() {
    assertThat(Ticks.logarithmic(0.03, 0.9, 5).labels())
        .containsExactly("0.02", "0.05", "0.1", "0.2", "0.5", "1");
    assertThat(Ticks.logarithmic(1e-9, 1e3, 5).labels())
        .containsExactly("1e-9", "1e-6", "0.001", "1", "1,000");
  }

  @Test
  void keeps_those_inside_an_axis_that_ends_with_the_data() {
    assertThat(Ticks.linear(0, 512, 5).within(0, 512).labels()).containsExactly("0", "200", "400");
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void encloses_the_data_by_few_marks_evenly_apart(double min, double max) {
    // WHEN
    Ticks ticks = Ticks.linear(min, max, 5);

    // THEN
    assertThat(ticks.first()).isLessThanOrEqualTo(min);
    assertThat(ticks.last()).isGreaterThanOrEqualTo(max);
    assertThat(ticks.values()).hasSizeBetween(2, 7).isSorted();
    assertThat(ticks.labels()).doesNotHaveDuplicates();
    double step = ticks.values().get(1) - ticks.values().get(0);
    for (int i = 1; i < ticks.values().size(); i++) {
      assertThat(ticks.values().get(i) - ticks.values().get(i - 1))
          .isCloseTo(step, within(step * 1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void encloses_the_data_by_few_marks_on_a_logarithmic_axis(double min, double max) {
    // GIVEN positive values over up to 20 decades
    double low = Math.pow(10, Math.abs(min) % 10 - 10);
    double high = low * (1 + Math.pow(10, (max - min) % 20));

    // WHEN
    Ticks ticks = Ticks.logarithmic(low, high, 5);

    // THEN
    assertThat(ticks.first()).isPositive().isLessThanOrEqualTo(low);
    assertThat(ticks.last()).isGreaterThanOrEqualTo(high);
    assertThat(ticks.values()).hasSizeBetween(2, 7).isSorted().doesNotHaveDuplicates();
    assertThat(ticks.labels()).doesNotHaveDuplicates();
  }

  static Stream<Arguments> ranges() {
    Random random = new Random(11);
    return Stream.generate(
            () -> {
              double min = random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4);
              double size = Math.pow(10, random.nextInt(9) - 4) * (0.1 + random.nextDouble());
              return Arguments.of(min, min + Math.max(size, Math.abs(min) * 1e-3));
            })
        .limit(300);
  }
}
