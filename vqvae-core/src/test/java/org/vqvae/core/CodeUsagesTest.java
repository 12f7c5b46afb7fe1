package org.vqvae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CodeUsagesTest {
  private static final CodeShape TWO =
      new CodeShape(
          List.of(
              new CodeMap("top", new Grid(2), List.of(4)),
              new CodeMap("bottom", new Grid(2), List.of(8, 3))));

  @Test
  void counts_each_codebook_of_each_map_apart() {
    // When two examples are counted
    CodeUsages usages = new CodeUsages(TWO);
    usages.add(Codes.of(TWO, 1, 1, 7, 0, 6, 2));
    usages.add(Codes.of(TWO, 1, 3, 7, 0, 7, 0));
    // Then
    assertThat(usages.get(0, 0).counts()).containsExactly(0, 3, 0, 1);
    assertThat(usages.get(1, 0).counts()).containsExactly(0, 0, 0, 0, 0, 0, 1, 3);
    assertThat(usages.get(1, 1).counts()).containsExactly(3, 0, 1);
    assertThat(usages.all())
        .containsExactly(
            new CodeUsages.Codebook("top", 0, usages.get(0, 0)),
            new CodeUsages.Codebook("bottom", 0, usages.get(1, 0)),
            new CodeUsages.Codebook("bottom", 1, usages.get(1, 1)));
    assertThat(usages.used()).isEqualTo(6);
    assertThat(usages.codebookSize()).isEqualTo(15);
  }

  @Test
  void perplexity_is_the_mean_over_codebooks() {
    // Given perplexities 2, 2 and 1
    CodeUsages usages = CodeUsages.of(Codes.of(TWO, 0, 1, 3, 2, 4, 2));
    assertThat(usages.perplexity()).isCloseTo(5.0 / 3, within(1e-12));
    assertThat(usages.batchPerplexity()).isCloseTo(5.0 / 3, within(1e-8));
  }

  @Test
  void of_one_codebook_are_its_usage() {
    Codes codes = Codes.of(CodeShape.of(new Grid(7), 6), 0, 0, 0, 4, 5, 5, 1);
    CodeUsage usage = CodeUsage.of(6, codes.values());
    CodeUsages usages = CodeUsages.of(codes);
    assertThat(usages.perplexity()).isEqualTo(usage.perplexity());
    assertThat(usages.batchPerplexity()).isEqualTo(usage.batchPerplexity());
    assertThat(usages.used()).isEqualTo(usage.used());
  }

  @Test
  void codes_of_another_shape_are_refused() {
    Codes other = Codes.of(CodeShape.of(new Grid(1), 2), 0);
    assertThatThrownBy(() -> new CodeUsages(TWO).add(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "codes of 1 of K = 2 cannot be counted among codes of top 2 of K = 4 and bottom 2 of K"
                + " = 8, 3");
  }
}
