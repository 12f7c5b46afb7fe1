package org.vqvae.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> NAMES =
      List.of("codebook-size", "code-dim", "commitment-cost", "decay", "dead-codes");

  @ParameterizedTest
  @CsvSource({
    "codebok-size, codebook-size",
    "codebookSize, codebook-size",
    "CODEBOOK_SIZE, codebook-size",
    "deacy, decay",
    "commitement-cost, commitment-cost",
    "dim, code-dim",
    "dead-code, dead-codes"
  })
  void finds_what_was_meant(String wrong, String meant) {
    assertThat(Nearest.to(wrong, NAMES)).contains(meant);
  }

  @Test
  void keeps_quiet_when_nothing_is_near() {
    assertThat(Nearest.to("temperature", NAMES)).isEmpty();
    assertThat(Nearest.to("code", NAMES)).isEmpty();
    assertThat(Nearest.to("decay", List.of())).isEmpty();
  }

  @Test
  void a_swap_of_neighbours_is_one_edit() {
    assertThat(Nearest.edits("ab", "ba")).isEqualTo(1);
    assertThat(Nearest.edits("abc", "ca")).isEqualTo(3);
    assertThat(Nearest.edits("", "abc")).isEqualTo(3);
    assertThat(Nearest.edits("same", "same")).isZero();
  }
}
