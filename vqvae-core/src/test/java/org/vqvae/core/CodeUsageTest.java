package org.vqvae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodeUsageTest {

  @Test
  void perplexity_of_equally_used_codes_is_their_number() {
    CodeUsage usage = CodeUsage.of(8, 0, 1, 2, 3, 3, 2, 1, 0);
    assertThat(usage.perplexity()).isCloseTo(4, within(1e-12));
    assertThat(usage.entropy()).isCloseTo(Math.log(4), within(1e-12));
    assertThat(usage.used()).isEqualTo(4);
    assertThat(usage.total()).isEqualTo(8);
    assertThat(usage.counts()).containsExactly(2, 2, 2, 2, 0, 0, 0, 0);
  }

  @Test
  void a_single_code_has_perplexity_one_but_below_one_in_sonnets_form() {
    CodeUsage usage = CodeUsage.of(7, 0, 0);
    assertThat(usage.perplexity()).isEqualTo(1);
    assertThat(usage.batchPerplexity()).isCloseTo(0.9999999999, within(1e-15));
  }

  @Test
  void batch_perplexity_agrees_with_sonnets_golden_value() {
    CodeUsage usage = CodeUsage.of(6, 0, 0, 0, 4, 5, 5);
    assertThat(usage.batchPerplexity()).isCloseTo(2.7494592731723677, within(1e-14));
  }

  @Test
  void usage_of_a_set_does_not_depend_on_how_it_is_cut_into_batches() {
    int[] codes = IntStream.range(0, 1000).map(i -> i * i % 17).toArray();
    CodeUsage whole = CodeUsage.of(17, codes);
    CodeUsage parts = new CodeUsage(17);
    IntStream.of(codes).forEach(parts::add);
    assertThat(parts.counts()).isEqualTo(whole.counts());
    assertThat(parts.perplexity()).isEqualTo(whole.perplexity());
  }

  @Test
  void nothing_counted_has_no_perplexity() {
    assertThatThrownBy(() -> new CodeUsage(4).perplexity())
        .hasMessage("no codes were counted, so their usage has no perplexity");
  }
}
