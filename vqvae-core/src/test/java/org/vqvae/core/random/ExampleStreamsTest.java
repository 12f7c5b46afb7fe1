package org.vqvae.core.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vqvae.core.Phase;

class ExampleStreamsTest {
  private final ExampleStreams streams = new ExampleStreams(42, "decoder/jitter");

  @Test
  void do_not_depend_on_how_a_batch_is_cut() {
    for (int example = 0; example < 6; example++) {
      long whole = streams.of(Phase.train(7, 0), example).nextLong();
      for (int first = 0; first <= example; first++) {
        assertThat(streams.of(Phase.train(7, first), example - first).nextLong()).isEqualTo(whole);
      }
    }
  }

  @Test
  void differ_between_examples_steps_names_and_seeds() {
    // Given
    Set<Long> drawn = new HashSet<>();
    // When
    for (ExampleStreams each :
        new ExampleStreams[] {
          streams, new ExampleStreams(43, "decoder/jitter"), new ExampleStreams(42, "decoder/noise")
        }) {
      for (int step = 0; step < 50; step++) {
        for (int example = 0; example < 50; example++) {
          drawn.add(each.of(Phase.train(step, 0), example).nextLong());
        }
      }
    }
    // Then
    assertThat(drawn).hasSize(3 * 50 * 50);
  }

  @Test
  void are_as_even_over_examples_as_one_stream_is() {
    // When the first number of each of many examples is drawn
    int count = 20_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double value = streams.of(Phase.train(i / 100, 0), i % 100).nextDouble();
      sum += value;
      squares += value * value;
    }
    // Then their mean and variance are those of uniform numbers, within four standard errors
    double mean = sum / count;
    assertThat(mean)
        .isBetween(0.5 - 4 / Math.sqrt(12.0 * count), 0.5 + 4 / Math.sqrt(12.0 * count));
    assertThat(squares / count - mean * mean).isBetween(0.081, 0.0857);
  }
}
