package org.vqvae.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Grid;
import org.vqvae.core.Statistics;
import org.vqvae.core.Term;
import org.vqvae.core.Unit;

class ContributionTest {
  private static final CodeShape SHAPE = CodeShape.of(new Grid(1), 9);

  private static Contribution of(float gradient, double value, double weight, int... codes) {
    return new Contribution(
        Nd4j.createFromArray(gradient),
        codes.length,
        List.of(new Term("nll", Unit.NATS_PER_VALUE, value, weight)),
        Optional.of(Codes.of(SHAPE, codes)),
        Statistics.of(new double[] {codes.length}));
  }

  @Test
  void means_are_weighted_by_examples_and_counts_add() {
    // Given parts of three examples and of one
    Contribution three = of(4, 2, 1, 1, 2, 3);
    Contribution one = of(8, 6, 1, 4);
    // When
    Contribution whole = Contribution.sum(List.of(three, one), Nd4j.createFromArray(5f));
    // Then
    assertThatArray(whole.gradient()).isEqualToArray(Nd4j.createFromArray(5f));
    assertThat(whole.examples()).isEqualTo(4);
    assertThat(whole.terms().get(0).value()).isCloseTo(3, within(1e-12));
    assertThat(whole.codes()).contains(Codes.of(SHAPE, 1, 2, 3, 4));
    assertThat(whole.statistics().sums()).containsExactly(4);
  }

  @Test
  void parts_whose_terms_differ_are_a_fault() {
    assertThatThrownBy(
            () -> Contribution.sum(List.of(of(4, 2, 1, 1), of(4, 2, 0.5, 1)), Nd4j.scalar(0f)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("parts of one batch have other terms");
  }
}
