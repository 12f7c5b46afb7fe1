package org.vqvae.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.vqvae.core.Condition;
import org.vqvae.core.Grid;
import org.vqvae.core.testing.NumberedDataset;

class BatchTest {
  private Batch batch;

  @BeforeEach
  void a_batch_of_six_examples() {
    NumberedDataset data = new NumberedDataset(new Grid(2, 3), 2, List.of("a", "b"), 10, 0);
    batch = new Batches(data, Split.TRAIN, 6, 42).shuffled(1);
  }

  @Test
  void a_part_has_the_examples_from_one_to_another() {
    Batch part = batch.part(2, 5);
    assertThat(part.size()).isEqualTo(3);
    assertThat(part.positions()).containsExactly(6, 6, 6);
    assertThatArray(part.data()).hasShape(3, 2, 3, 2);
    for (int i = 0; i < 3; i++) {
      assertThat(part.indices()[i]).isEqualTo(batch.indices()[2 + i]);
      assertThat(part.condition().label(i)).isEqualTo(batch.condition().label(2 + i));
    }
    assertThatArray(part.data()).isEqualToArray(batch.data().get(NDArrayIndex.interval(2, 5)));
  }

  @Test
  void a_part_is_a_view() {
    batch.part(4, 6).data().assign(7);
    assertThat(batch.data().getFloat(4, 0, 0, 0)).isEqualTo(7);
    assertThat(batch.data().getFloat(5, 1, 2, 1)).isEqualTo(7);
    assertThat(batch.data().getFloat(3, 1, 2, 1)).isNotEqualTo(7);
  }

  @Test
  void parts_of_parts_are_parts() {
    assertThatArray(batch.part(1, 6).part(2, 4).data())
        .isEqualToArray(batch.part(3, 5).data().dup());
  }

  @Test
  void parts_together_are_the_whole() {
    INDArray joined =
        Nd4j.concat(0, batch.part(0, 1).data(), batch.part(1, 4).data(), batch.part(4, 6).data());
    assertThatArray(joined).isEqualToArray(batch.data());
    assertThatArray(batch.part(0, 6).data()).isEqualToArray(batch.data());
  }

  @Test
  void data_that_lies_in_another_order_is_cut_too() {
    INDArray transposed = Nd4j.arange(12).reshape(3, 4).transpose();
    Batch columns = new Batch(transposed, Condition.NONE, new int[4], new int[4]);
    assertThat(columns.part(1, 3).data().toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{1, 5, 9}, {2, 6, 10}});
  }

  @ParameterizedTest
  @CsvSource({"-1, 2", "3, 3", "5, 7"})
  void examples_that_there_are_not_are_refused(int from, int to) {
    assertThatThrownBy(() -> batch.part(from, to))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("examples %d to %d of a batch of 6".formatted(from, to));
  }
}
