package org.vqvae.core.wavenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.wavenet.Layout.Span;

class MatricesTest {
  private final Matrices matrices = new Matrices();

  @Test
  void a_view_is_made_once_for_each_array_and_place() {
    // Given arrays of equal values
    INDArray one = Nd4j.ones(DataType.FLOAT, 6, 2);
    INDArray two = Nd4j.ones(DataType.FLOAT, 6, 2);
    // When views of the same rows are asked for, and one array changes
    INDArray view = matrices.span(one, new Span(2, 3));
    INDArray again = matrices.span(one, new Span(2, 3));
    INDArray other = matrices.span(two, new Span(2, 3));
    one.putScalar(2, 1, 7);
    // Then only its own view shows it
    assertThat(again).isSameAs(view);
    assertThatArray(view)
        .isEqualToArray(Nd4j.createFromArray(new float[][] {{1, 7}, {1, 1}, {1, 1}}));
    assertThatArray(other).isEqualToArray(Nd4j.ones(DataType.FLOAT, 3, 2));
  }

  @Test
  void a_view_that_was_forgotten_shows_the_same_memory_again() {
    // Given
    INDArray array = Nd4j.arange(4000).castTo(DataType.FLOAT).reshape(2000, 2);
    INDArray first = matrices.rows(array, 1, 1, 2);
    // When many others are asked for
    for (int row = 2; row < 2000; row++) {
      matrices.rows(array, row, 1, 2);
    }
    INDArray again = matrices.rows(array, 1, 1, 2);
    first.putScalar(0, 0, -1);
    // Then
    assertThat(again).isNotSameAs(first);
    assertThatArray(again).isEqualToArray(Nd4j.createFromArray(new float[][] {{-1, 3}}));
  }

  @Test
  void the_transposed_view_of_rows_lies_where_they_are() {
    INDArray array = Nd4j.arange(12).castTo(DataType.FLOAT).reshape(3, 4);
    INDArray rows = matrices.rows(array, 1, 2, 4);
    assertThatArray(matrices.transposed(rows).dup('c'))
        .isEqualToArray(Nd4j.createFromArray(new float[][] {{4, 8}, {5, 9}, {6, 10}, {7, 11}}));
  }
}
