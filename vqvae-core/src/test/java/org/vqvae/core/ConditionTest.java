package org.vqvae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionTest {
  private static final Codes COARSER = Codes.of(CodeShape.of(new Grid(2), 8), 1, 2, 3, 4, 5, 6);

  @Test
  void holds_a_class_for_each_example() {
    Condition condition = Condition.ofLabels(2, 0, 1);
    assertThat(condition.hasLabels()).isTrue();
    assertThat(condition.label(0)).isEqualTo(2);
    assertThat(condition.labels()).containsExactly(2, 0, 1);
    assertThat(condition.labels("decoder", 3, 3)).containsExactly(2, 0, 1);
    assertThat(Condition.ofLabel(4, 3)).isEqualTo(Condition.ofLabels(4, 4, 4));
  }

  @Test
  void a_network_without_classes_gets_none() {
    assertThat(Condition.ofLabels(2, 0).labels("decoder", 2, 0)).isEmpty();
    assertThat(Condition.NONE.labels("decoder", 2, 0)).isEmpty();
    assertThat(Condition.NONE.hasLabels()).isFalse();
  }

  @Test
  void is_cut_like_the_examples_that_it_belongs_to() {
    Condition both = Condition.ofLabels(2, 0, 1).withCoarser(COARSER);
    assertThat(both.examples(1, 3))
        .isEqualTo(Condition.ofLabels(0, 1).withCoarser(COARSER.examples(1, 3)))
        .hasSameHashCodeAs(Condition.ofLabels(0, 1).withCoarser(COARSER.examples(1, 3)));
    assertThat(Condition.NONE.examples(1, 3)).isEqualTo(Condition.NONE);
    assertThat(both.withoutLabels()).isEqualTo(Condition.NONE.withCoarser(COARSER));
    assertThat(both.withoutLabels().coarser()).contains(COARSER);
  }

  @Test
  void never_changes() {
    int[] given = {2, 0};
    Condition condition = Condition.ofLabels(given);
    given[0] = 5;
    condition.labels()[1] = 5;
    assertThat(condition.labels()).containsExactly(2, 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unfit")
  void labels_that_do_not_fit_are_refused(String name, Condition condition, String message) {
    assertThatThrownBy(() -> condition.labels("decoder \"wavenet\"", 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  static List<Arguments> unfit() {
    String needs =
        "labels: decoder \"wavenet\" is conditioned on 3 classes and needs one label for each of 2"
            + " examples but got ";
    return List.of(
        Arguments.of("none", Condition.NONE, needs + "none"),
        Arguments.of("too few", Condition.ofLabels(1), needs + "1"),
        Arguments.of("out of range", Condition.ofLabels(0, 3), "label 1 is 3: it must be in 0..2"));
  }

  @Test
  void negative_labels_and_no_labels_are_refused() {
    assertThatThrownBy(() -> Condition.ofLabels(1, -1))
        .hasMessage("labels: expected one or more, each at least 0, but were [1, -1]");
    assertThatThrownBy(Condition::ofLabels)
        .hasMessage("labels: expected one or more, each at least 0, but were []");
  }

  @Test
  void the_form_of_a_condition_is_a_value() {
    CodeShape shape = COARSER.shape();
    assertThat(Conditions.ofClasses(3).withCoarser(shape))
        .isEqualTo(new Conditions(3, Optional.of(shape)));
    assertThatThrownBy(() -> Conditions.ofClasses(-1))
        .hasMessage("classes must be at least 0 but was -1");
  }
}
