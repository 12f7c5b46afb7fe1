package org.vqvae.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochOrderTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 10, 25})
  void every_epoch_of_the_joined_batches_is_a_permutation(int batchSize) {
    // Given ten examples and batches that need not divide them
    EpochOrder order = new EpochOrder(42, "train", 10);
    // When 50 steps are joined
    int[] sequence =
        LongStream.range(0, 50)
            .mapToObj(s -> order.batch(s, batchSize))
            .flatMapToInt(Arrays::stream)
            .toArray();
    // Then each ten in a row are the ten examples
    for (int start = 0; start + 10 <= sequence.length; start += 10) {
      assertThat(Arrays.copyOfRange(sequence, start, start + 10))
          .containsExactlyInAnyOrder(IntStream.range(0, 10).toArray());
    }
  }

  @Test
  void a_batch_depends_on_the_seed_and_the_step_and_not_on_earlier_steps() {
    EpochOrder steady = new EpochOrder(42, "train", 100);
    int[][] inOrder =
        IntStream.range(0, 40).mapToObj(s -> steady.batch(s, 7)).toArray(int[][]::new);
    for (int step : new int[] {39, 0, 14, 13, 15, 38}) {
      assertThat(new EpochOrder(42, "train", 100).batch(step, 7)).containsExactly(inOrder[step]);
      assertThat(steady.batch(step, 7)).containsExactly(inOrder[step]);
    }
  }

  @Test
  void epochs_seeds_and_names_give_different_orders() {
    int[] one = new EpochOrder(42, "train", 100).batch(0, 100);
    assertThat(new EpochOrder(42, "train", 100).batch(1, 100)).isNotEqualTo(one);
    assertThat(new EpochOrder(43, "train", 100).batch(0, 100)).isNotEqualTo(one);
    assertThat(new EpochOrder(42, "codes", 100).batch(0, 100)).isNotEqualTo(one);
  }

  @Test
  void nonsense_is_refused() {
    assertThatThrownBy(() -> new EpochOrder(1, "train", 0))
        .hasMessage("there must be at least 1 example but size was 0");
    assertThatThrownBy(() -> new EpochOrder(1, "train", 5).batch(-1, 0))
        .hasMessage("step must be at least 0 and batchSize at least 1 but were -1 and 0");
  }
}
