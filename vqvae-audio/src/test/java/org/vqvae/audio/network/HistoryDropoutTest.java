package org.vqvae.audio.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vqvae.audio.data.MuLaw;
import org.vqvae.core.Phase;
import org.vqvae.core.random.ExampleStreams;

class HistoryDropoutTest {
  private static final int STRETCH = 4;

  private final int[] levels = IntStream.range(0, 4_000).map(i -> i % 100).toArray();

  private static HistoryDropout dropout(double probability) {
    return new HistoryDropout(probability, STRETCH, new ExampleStreams(1, "history"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1})
  void as_many_whole_stretches_are_silent_as_the_probability_wants(double probability) {
    // When
    int[] shown = dropout(probability).forward(levels, 2, Phase.TRAIN);
    // Then each stretch is the true one, or silence
    int silence = MuLaw.encode(0);
    int hidden = 0;
    for (int from = 0; from < levels.length; from += STRETCH) {
      int[] stretch = Arrays.copyOfRange(shown, from, from + STRETCH);
      if (stretch[0] == silence) {
        hidden++;
        assertThat(stretch).containsOnly(silence);
      } else {
        assertThat(stretch).isEqualTo(Arrays.copyOfRange(levels, from, from + STRETCH));
      }
    }
    assertThat(hidden * STRETCH / (double) levels.length).isCloseTo(probability, within(0.05));
  }

  @Test
  void what_was_given_is_not_changed_and_outside_training_nothing_is() {
    int[] before = levels.clone();
    dropout(1).forward(levels, 2, Phase.TRAIN);
    assertThat(levels).isEqualTo(before);
    assertThat(dropout(1).forward(levels, 2, Phase.EVAL)).isSameAs(levels);
  }

  @Test
  void a_batch_in_two_parts_hides_what_the_whole_hides() {
    // Given what is hidden of four examples
    int samples = levels.length / 4;
    int[] whole = dropout(0.5).forward(levels, 4, Phase.train(7, 0));
    // When the first example and the others are apart
    int[] first =
        dropout(0.5).forward(Arrays.copyOfRange(levels, 0, samples), 1, Phase.train(7, 0));
    int[] others =
        dropout(0.5)
            .forward(Arrays.copyOfRange(levels, samples, levels.length), 3, Phase.train(7, 1));
    // Then
    assertThat(IntStream.concat(Arrays.stream(first), Arrays.stream(others)).toArray())
        .isEqualTo(whole);
  }

  @Test
  void every_step_hides_others() {
    HistoryDropout dropout = dropout(0.5);
    assertThat(dropout.forward(levels, 2, Phase.train(1, 0)))
        .isEqualTo(dropout.forward(levels, 2, Phase.train(1, 0)))
        .isNotEqualTo(dropout.forward(levels, 2, Phase.train(2, 0)));
  }
}
