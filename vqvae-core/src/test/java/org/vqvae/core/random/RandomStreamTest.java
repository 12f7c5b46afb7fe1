package org.vqvae.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

  @Test
  void a_stream_goes_on_from_its_state() {
    // Given
    RandomStream stream = RandomStream.of(1, "test");
    stream.nextLong();
    // When
    RandomStream restored = RandomStream.restore(stream.state());
    // Then
    assertThat(restored.nextLong()).isEqualTo(stream.nextLong());
  }

  @Test
  void streams_of_other_names_or_seeds_are_others() {
    long one = RandomStream.of(1, "a").nextLong();

    assertThat(RandomStream.of(1, "a").nextLong()).isEqualTo(one);
    assertThat(RandomStream.of(1, "b").nextLong()).isNotEqualTo(one);
    assertThat(RandomStream.of(2, "a").nextLong()).isNotEqualTo(one);
  }

  @Test
  void gaussians_have_mean_0_and_variance_1() {
    // Given 100,000 of them: the mean's deviation is .003, the variance's .0045
    RandomStream stream = RandomStream.of(3, "gaussian");
    double[] values = IntStream.range(0, 100_000).mapToDouble(i -> stream.nextGaussian()).toArray();
    // Then, within five deviations
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = Arrays.stream(values).map(x -> x * x).average().orElseThrow() - mean * mean;
    assertThat(mean).isCloseTo(0, within(0.016));
    assertThat(variance).isCloseTo(1, within(0.023));
  }

  @Test
  void a_bounded_int_takes_every_value_about_as_often() {
    // Given 70,000 draws of 7 values: 10,000 each, deviation 93
    RandomStream stream = RandomStream.of(4, "ints");
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[stream.nextInt(7)]++;
    }
    // Then, within five deviations
    for (int count : counts) {
      assertThat(count).isBetween(10_000 - 465, 10_000 + 465);
    }
  }

  @Test
  void a_permutation_holds_every_number_once() {
    int[] permutation = RandomStream.of(5, "order").permutation(100);

    assertThat(Arrays.stream(permutation).sorted().toArray())
        .isEqualTo(IntStream.range(0, 100).toArray());
    assertThat(permutation).isNotEqualTo(IntStream.range(0, 100).toArray());
  }

  @Test
  void all_streams_of_an_experiment_are_restored_by_name() {
    // Given
    RandomStreams streams = new RandomStreams(7);
    streams.named("a").nextLong();
    streams.named("b").nextLong();
    RandomStreams restored = new RandomStreams(7);
    // When
    restored.restore(streams.states());
    // Then
    assertThat(restored.named("a").nextLong()).isEqualTo(streams.named("a").nextLong());
    assertThat(restored.named("b").nextLong()).isEqualTo(streams.named("b").nextLong());
  }

  @Test
  void a_bound_below_1_is_refused() {
    assertThatThrownBy(() -> RandomStream.of(1, "x").nextInt(0))
        .hasMessage("bound must be at least 1 but was 0");
  }
}
