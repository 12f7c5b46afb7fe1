package org.vqvae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Conditions;
import org.vqvae.core.Grid;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.nn.PriorNetwork.CodeStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.testing.PriorContract;

class UnigramPriorTest extends PriorContract {
  private static final CodeShape SHAPE = CodeShape.of(new Grid(2), 4);

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

  @Override
  protected boolean severalCodebooks() {
    return true;
  }

  @Test
  void a_code_is_as_likely_as_it_was_frequent_with_one_added_to_each_count() {
    // Given that code 0 was seen three times, code 1 once, codes 2 and 3 never
    PriorNetwork network = network(SHAPE);
    network.observe(Codes.of(SHAPE, 0, 0, 1, 0), Condition.NONE);
    // When it is asked for the probabilities, then they are (n + 1) / (4 + 4)
    assertProbabilities(network.stream(1, Condition.NONE).next(), 4 / 8., 2 / 8., 1 / 8., 1 / 8.);
  }

  @Test
  void each_codebook_of_each_map_has_counts_of_its_own() {
    // Given two examples of a map of one codebook and a map of two
    CodeShape shape =
        new CodeShape(
            List.of(
                new CodeMap("top", new Grid(1), List.of(2)),
                new CodeMap("bottom", new Grid(2), List.of(2, 3))));
    PriorNetwork network = network(shape);
    // When the codes are observed: of top 1, 1; of bottom's levels 0, 0, 0, 1 and 2, 1, 2, 2
    network.observe(Codes.of(shape, 1, 0, 2, 0, 1, 1, 0, 2, 1, 2), Condition.NONE);
    // Then each code's probabilities are those of its own codebook
    CodeStream stream = network.stream(1, Condition.NONE);
    assertProbabilities(stream.next(), 1 / 4., 3 / 4.);
    stream.accept(new int[] {0});
    for (int position = 0; position < 2; position++) {
      assertProbabilities(stream.next(), 4 / 6., 2 / 6.);
      stream.accept(new int[] {0});
      assertProbabilities(stream.next(), 1 / 7., 2 / 7., 4 / 7.);
      stream.accept(new int[] {0});
    }
    // And the counts are named after the codebooks
    assertThat(network.parameters())
        .extracting(Parameter::name)
        .containsExactly(
            "prior/top/counts", "prior/bottom/level-1/counts", "prior/bottom/level-2/counts");
  }

  private static void assertProbabilities(float[] logits, double... expected) {
    assertThat(logits).hasSize(expected.length);
    for (int code = 0; code < logits.length; code++) {
      assertThat(Math.exp(logits[code])).isCloseTo(expected[code], within(1e-6));
    }
  }

  @Test
  void the_counts_of_a_single_codebook_need_no_further_name() {
    assertThat(network(SHAPE).parameters())
        .extracting(Parameter::name)
        .containsExactly("prior/counts");
  }

  @Test
  void nothing_observed_all_codes_are_alike() {
    float[] logits = network(SHAPE).stream(1, Condition.NONE).next();
    assertThat(logits).containsOnly(logits[0]);
  }

  @Test
  void new_observations_replace_old_ones() {
    PriorNetwork network = network(SHAPE);
    network.observe(Codes.of(SHAPE, 3, 3, 3, 3), Condition.NONE);
    network.observe(Codes.of(SHAPE, 0, 1, 2, 3), Condition.NONE);
    float[] logits = network.stream(1, Condition.NONE).next();
    assertThat(logits).containsOnly(logits[0]);
  }

  @Test
  void codes_of_another_shape_leave_the_counts_alone() {
    PriorNetwork network = network(SHAPE);
    Codes others = Codes.of(CodeShape.of(new Grid(2), 5), 0, 4);
    assertThatThrownBy(() -> network.observe(others, Condition.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("codes: this prior was built for 2 of K = 4 but the codes are 2 of K = 5");
    float[] logits = network.stream(1, Condition.NONE).next();
    assertThat(logits).containsOnly(logits[0]);
  }

  @Test
  void a_smoothing_of_zero_would_make_codes_impossible() {
    assertThatThrownBy(() -> new UnigramPrior.Settings(0))
        .hasMessage("smoothing must be greater than 0 but was 0.0");
  }

  private static PriorNetwork network(CodeShape shape) {
    PriorNetwork network =
        new UnigramPrior(new UnigramPrior.Settings(1))
            .build(shape, Conditions.NONE, Scope.root(new RandomStreams(1)).child("prior"));
    ParameterVector.allocate(network.parameters(), DataType.FLOAT);
    return network;
  }
}
