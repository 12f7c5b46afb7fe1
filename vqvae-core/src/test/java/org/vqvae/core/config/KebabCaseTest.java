package org.vqvae.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KebabCaseTest {

  private enum Figure {
    MSE,
    BITS_PER_CODE
  }

  interface DeadCodePolicy {}

  @Test
  void writes_constants_and_types_with_hyphens() {
    assertThat(KebabCase.of(Figure.MSE)).isEqualTo("mse");
    assertThat(KebabCase.of(Figure.BITS_PER_CODE)).isEqualTo("bits-per-code");
    assertThat(KebabCase.of(DeadCodePolicy.class)).isEqualTo("dead-code-policy");
  }
}
