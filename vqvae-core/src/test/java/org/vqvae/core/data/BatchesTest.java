package org.vqvae.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Condition;
import org.vqvae.core.Grid;
import org.vqvae.core.testing.NumberedDataset;

class BatchesTest {
  private final NumberedDataset data =
      new NumberedDataset(new Grid(2, 3), 2, List.of("a", "b", "c"), 10, 0);

  @Test
  void a_batch_holds_the_values_labels_and_indices_of_its_examples() {
    // When
    Batch batch = new Batches(data, Split.VALIDATION, 4, 42).shuffled(3);
    // Then
    assertThat(batch.size()).isEqualTo(4);
    assertThatArray(batch.data()).hasShape(4, 2, 3, 2);
    for (int i = 0; i < 4; i++) {
      int index = batch.indices()[i];
      assertThat(batch.condition().label(i)).isEqualTo(index % 3);
      INDArray expected =
          Nd4j.valueArrayOf(new long[] {2, 3, 2}, data.value(Split.VALIDATION, index));
      assertThatArray(batch.data().slice(i))
          .isEqualToArray(expected.castTo(batch.data().dataType()));
    }
  }

  @Test
  void a_new_reader_goes_on_at_any_step() {
    Batches before = new Batches(data, Split.TRAIN, 3, 42);
    for (int step = 0; step < 8; step++) {
      before.shuffled(step);
    }
    INDArray expected = before.shuffled(8).data().dup();
    assertThatArray(new Batches(data, Split.TRAIN, 3, 42).shuffled(8).data())
        .isEqualToArray(expected);
  }

  @Test
  void in_order_visits_every_example_once_and_ends_with_a_smaller_batch() {
    // Given
    Batches batches = new Batches(data, Split.TEST, 4, 42);
    // When
    List<Integer> sizes = new ArrayList<>();
    List<Integer> indices = new ArrayList<>();
    for (Batch batch : batches.inOrder()) {
      sizes.add((int) batch.data().size(0));
      Arrays.stream(batch.indices()).forEach(indices::add);
    }
    // Then
    assertThat(sizes).containsExactly(4, 4, 2).hasSize(batches.countInOrder());
    assertThat(indices).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void a_smaller_last_batch_has_its_own_examples() {
    Batches batches = new Batches(data, Split.TEST, 4, 42);
    for (Batch batch : batches.inOrder()) {
      for (int i = 0; i < batch.size(); i++) {
        assertThat(batch.data().getFloat(i, 1, 2, 1))
            .isEqualTo(data.value(Split.TEST, batch.indices()[i]));
      }
    }
  }

  @Test
  void every_position_is_data_unless_the_data_says_otherwise() {
    Batches batches = new Batches(data, Split.TRAIN, 2, 42);
    assertThat(batches.shuffled(0).positions()).containsExactly(6, 6);
    assertThat(batches.inOrder().iterator().next().positions()).containsExactly(6, 6);
  }

  @Test
  void batches_of_one_size_share_one_array() {
    Batches batches = new Batches(data, Split.TRAIN, 4, 42);
    assertThat(batches.shuffled(1).data()).isSameAs(batches.shuffled(0).data());
  }

  @Test
  void a_batch_may_be_larger_than_the_split() {
    assertThatArray(new Batches(data, Split.TRAIN, 64, 42).shuffled(0).data())
        .hasShape(64, 2, 3, 2);
  }

  @Test
  void data_without_classes_has_no_labels() {
    NumberedDataset unlabelled = new NumberedDataset(new Grid(4), 1, List.of(), 10, 0);
    assertThat(new Batches(unlabelled, Split.TRAIN, 2, 42).shuffled(0).condition())
        .isEqualTo(Condition.NONE);
  }

  @Test
  void an_empty_batch_is_refused() {
    assertThatThrownBy(() -> new Batches(data, Split.TRAIN, 0, 42))
        .hasMessage("batchSize must be at least 1 but was 0");
  }
}
