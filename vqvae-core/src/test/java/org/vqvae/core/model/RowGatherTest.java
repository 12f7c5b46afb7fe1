package org.vqvae.core.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;

class RowGatherTest {

  @Test
  void each_coarse_row_is_repeated_where_it_covers_the_fine_grid() {
    // Given two examples of 1x2 rows on a grid of 2x4
    RowGather repeat = new RowGather(ToyParts.KERNELS, new Grid(1, 2), new Grid(2, 4));
    // When
    var fine = repeat.forward(Nd4j.createFromArray(new float[][] {{1}, {2}, {3}, {4}}));
    // Then
    assertThatArray(fine.reshape(2, 2, 4))
        .isEqualToArray(
            Nd4j.createFromArray(
                new float[][][] {
                  {{1, 1, 2, 2}, {1, 1, 2, 2}},
                  {{3, 3, 4, 4}, {3, 3, 4, 4}}
                }));
  }

  @Test
  void its_gradient_adds_what_each_row_covers() {
    RowGather repeat = new RowGather(ToyParts.KERNELS, new Grid(2), new Grid(4));
    var coarse = repeat.backward(Nd4j.createFromArray(new float[][] {{1}, {2}, {3}, {4}}));
    assertThatArray(coarse).isEqualToArray(Nd4j.createFromArray(new float[][] {{3}, {7}}));
  }

  @Test
  void grids_that_do_not_divide_are_refused() {
    assertThatThrownBy(() -> new RowGather(ToyParts.KERNELS, new Grid(3), new Grid(4)))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("the top latents' grid 3 does not divide the bottom latents' grid 4");
  }
}
