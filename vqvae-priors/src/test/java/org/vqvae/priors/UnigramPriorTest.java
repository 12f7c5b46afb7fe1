package org.vqvae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Grid;
import org.vqvae.core.Prior;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.testing.PriorContract;

class UnigramPriorTest extends PriorContract {

  @Override
  protected Prior prior(Kernels kernels) {
    return new UnigramPrior(new UnigramPrior.Settings(1));
  }

  @Override
  protected boolean looksBack() {
    return false;
  }

  @Override
  protected boolean conditional() {
    return false;
  }

  @Test
  void a_code_is_as_likely_as_it_was_frequent_with_one_added_to_each_count() {
    // Given that code 0 was seen three times, code 1 once, codes 2 and 3 never
    PriorNetwork network = network();
    network.observe(new int[] {0, 0, 1, 0}, null);
    // When it is asked for the probabilities
    float[] logits = network.stream(1, null).next();
    // Then they are (n + 1) / (4 + 4)
    double[] expected = {4 / 8., 2 / 8., 1 / 8., 1 / 8.};
    for (int code = 0; code < 4; code++) {
      assertThat(Math.exp(logits[code])).isCloseTo(expected[code], within(1e-6));
    }
  }

  @Test
  void nothing_observed_all_codes_are_alike() {
    float[] logits = network().stream(1, null).next();
    assertThat(logits).containsOnly(logits[0]);
  }

  @Test
  void new_observations_take_the_place_of_old_ones() {
    PriorNetwork network = network();
    network.observe(new int[] {3, 3, 3, 3}, null);
    network.observe(new int[] {0, 1, 2, 3}, null);
    float[] logits = network.stream(1, null).next();
    assertThat(logits).containsOnly(logits[0]);
  }

  @Test
  void codes_outside_the_codebook_leave_the_counts_alone() {
    PriorNetwork network = network();
    assertThatThrownBy(() -> network.observe(new int[] {0, 4}, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("code 1 is 4: it must be in 0..3");
    float[] logits = network.stream(1, null).next();
    assertThat(logits).containsOnly(logits[0]);
  }

  @Test
  void a_smoothing_of_zero_would_make_codes_impossible() {
    assertThatThrownBy(() -> new UnigramPrior.Settings(0))
        .hasMessage("smoothing must be greater than 0 but was 0.0");
  }

  private static PriorNetwork network() {
    PriorNetwork network =
        new UnigramPrior(new UnigramPrior.Settings(1)).build(new CodeSpace(4, new Grid(2)), 0);
    ParameterVector.allocate(network.parameters(), DataType.FLOAT);
    return network;
  }
}
