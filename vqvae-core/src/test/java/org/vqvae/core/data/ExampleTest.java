package org.vqvae.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.Medium;

class ExampleTest {
  private static final DataSpec PICTURE = form(new Grid(2, 3), 1);
  private static final Example SIX = new Example(PICTURE, new float[] {1, 2, 3, 4, 5, 6});

  @Test
  void is_filled_up_with_zeros_at_the_end_of_each_dimension() {
    Example larger = SIX.resized(new Grid(3, 4));
    assertThat(larger.spec().grid()).isEqualTo(new Grid(3, 4));
    assertThat(larger.values()).containsExactly(1, 2, 3, 0, 4, 5, 6, 0, 0, 0, 0, 0);
  }

  @Test
  void is_cut_off_at_the_end_of_each_dimension() {
    assertThat(SIX.resized(new Grid(1, 2)).values()).containsExactly(1, 2);
    assertThat(SIX.resized(new Grid(3, 4)).resized(new Grid(2, 3)).values())
        .isEqualTo(SIX.values());
  }

  @Test
  void keeps_its_channels_together() {
    DataSpec colour = form(new Grid(1, 2), 3);
    Example example = new Example(colour, new float[] {1, 2, 3, 4, 5, 6});
    assertThat(example.resized(new Grid(1, 3)).values()).containsExactly(1, 2, 3, 4, 5, 6, 0, 0, 0);
    assertThat(example.resized(new Grid(1, 1)).values()).containsExactly(1, 2, 3);
  }

  @Test
  void has_as_many_values_as_its_form_says() {
    assertThatThrownBy(() -> new Example(PICTURE, new float[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an example of grid 2x3 and 1 channels has 6 values but there are 5");
  }

  private static DataSpec form(Grid grid, int channels) {
    return new DataSpec(new Medium("image", 255), grid, channels, List.of(), 0);
  }
}
