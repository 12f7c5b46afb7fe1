package org.vqvae.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Grid;

class CodebookNameTest {

  @Test
  void is_that_of_the_only_map() {
    assertThat(CodebookName.of(CodeShape.of(new Grid(8, 8), 512)))
        .containsExactly(new CodebookName("codes", 0, 0, 512));
  }

  @Test
  void has_a_number_from_the_second_codebook_of_a_map_on() {
    // Given
    CodeShape shape =
        new CodeShape(
            List.of(
                new CodeMap("top", new Grid(4, 4), List.of(16, 8)),
                new CodeMap("bottom", new Grid(8, 8), List.of(32))));

    // Then
    assertThat(CodebookName.of(shape))
        .containsExactly(
            new CodebookName("top", 0, 0, 16),
            new CodebookName("top-2", 0, 1, 8),
            new CodebookName("bottom", 1, 0, 32));
  }
}
