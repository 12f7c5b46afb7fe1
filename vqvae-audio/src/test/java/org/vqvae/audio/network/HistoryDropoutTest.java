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
import org.vqvae.core.random.RandomStream;

class HistoryDropoutTest {
  private static final int STRETCH = 4;

  private final int[] levels = IntStream.range(0, 4_000).map(i -> i % 100).toArray();

  private static HistoryDropout dropout(double probability) {
    return new HistoryDropout(probability, STRETCH, RandomStream.of(1, "history"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1})
  void as_many_whole_stretches_are_silent_as_was_said(double probability) {
    // When
    int[] shown = dropout(probability).forward(levels, Phase.TRAIN);
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
    dropout(1).forward(levels, Phase.TRAIN);
    assertThat(levels).isEqualTo(before);
    assertThat(dropout(1).forward(levels, Phase.EVAL)).isSameAs(levels);
  }
}
