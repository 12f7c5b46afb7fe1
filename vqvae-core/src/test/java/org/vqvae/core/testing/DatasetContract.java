package org.vqvae.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vqvae.core.DataSpec;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.data.Split;

/** What every data set keeps to. Extend it with a way to open the data set. */
public abstract class DatasetContract {
  private static final int LOOKED_AT = 500;

  /** Opens the data set anew. */
  protected abstract Dataset open();

  /** Opens a data set of the same kind that has other content. */
  protected abstract Dataset openOther();

  @ParameterizedTest
  @EnumSource
  void a_split_is_never_empty(Split split) {
    assertThat(open().examples(split).size()).isPositive();
  }

  /** The largest magnitude that a value may have: 0.5 of pictures, 1 of what has time. */
  protected float bound(DataSpec spec) {
    return spec.isTimed() ? 1f : 0.5f;
  }

  @ParameterizedTest
  @EnumSource
  void values_are_finite_and_lie_within_the_bounds_of_their_medium(Split split) {
    Dataset data = open();
    float bound = bound(data.spec());
    float[][] examples = first(data, split);
    for (int i = 0; i < examples.length; i++) {
      for (float value : examples[i]) {
        if (!(Math.abs(value) <= bound)) {
          fail("example %d has the value %s, beyond +-%s", i, value, bound);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void labels_are_indices_of_classes_and_minus_one_without_classes(Split split) {
    Dataset data = open();
    int classes = data.spec().classes().size();
    Examples examples = data.examples(split);
    assertThat(IntStream.range(0, examples.size()).map(examples::label))
        .allMatch(label -> classes == 0 ? label == -1 : label >= 0 && label < classes);
  }

  @ParameterizedTest
  @EnumSource
  void every_field_has_a_name_of_its_own_and_labels_that_are_indices_of_its_values(Split split) {
    Dataset data = open();
    Examples examples = data.examples(split);
    assertThat(data.fields()).extracting(Field::name).doesNotHaveDuplicates();
    for (Field field : data.fields()) {
      assertThat(IntStream.range(0, examples.size()).map(i -> examples.label(field, i)))
          .as(field.name())
          .allMatch(label -> label >= 0 && label < field.values().size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_classes_are_one_of_the_fields(Split split) {
    Dataset data = open();
    if (data.spec().classes().isEmpty()) {
      return;
    }
    Examples examples = data.examples(split);
    assertThat(data.fields())
        .filteredOn(field -> field.values().equals(data.spec().classes()))
        .anyMatch(
            field ->
                IntStream.range(0, examples.size())
                    .allMatch(i -> examples.label(field, i) == examples.label(i)));
  }

  @ParameterizedTest
  @EnumSource
  void reading_writes_exactly_one_example_at_the_offset(Split split) {
    Dataset data = open();
    int values = data.spec().values();
    float[] into = new float[values + 10];
    Arrays.fill(into, 7);
    data.examples(split).read(0, into, 5);
    assertThat(Arrays.copyOfRange(into, 5, 5 + values))
        .containsExactly(read(data.examples(split), values, 0));
    assertThat(Arrays.copyOf(into, 5)).containsOnly(7);
    assertThat(Arrays.copyOfRange(into, 5 + values, 10 + values)).containsOnly(7);
  }

  @ParameterizedTest
  @EnumSource
  void an_index_outside_of_the_split_is_refused(Split split) {
    Dataset data = open();
    Examples examples = data.examples(split);
    float[] into = new float[data.spec().values()];
    for (int index : new int[] {-1, examples.size()}) {
      assertThatThrownBy(() -> examples.read(index, into, 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> examples.label(index)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void opening_twice_gives_the_same_examples(Split split) {
    Dataset one = open();
    Dataset two = open();
    assertThat(two.spec()).isEqualTo(one.spec());
    assertThat(first(two, split)).isDeepEqualTo(first(one, split));
    assertThat(labels(two, split)).containsExactly(labels(one, split));
  }

  @ParameterizedTest
  @EnumSource
  void many_threads_read_what_one_thread_reads(Split split) {
    Dataset data = open();
    Examples examples = data.examples(split);
    float[][] alone = first(data, split);
    float[][] together = new float[alone.length][];
    IntStream.range(0, 4 * alone.length)
        .parallel()
        .map(i -> i % alone.length)
        .forEach(i -> together[i] = read(examples, data.spec().values(), i));
    assertThat(together).isDeepEqualTo(alone);
  }

  @Test
  void no_example_is_in_two_splits() {
    Dataset data = open();
    Set<Integer> seen = new HashSet<>();
    for (Split split : Split.values()) {
      Set<Integer> here = new HashSet<>();
      for (float[] example : first(data, split)) {
        here.add(Arrays.hashCode(example));
      }
      assertThat(seen)
          .as("examples of earlier splits and of %s", split)
          .doesNotContainAnyElementsOf(here);
      seen.addAll(here);
    }
  }

  @Test
  void the_fingerprint_is_hex_and_follows_the_content() {
    assertThat(open().fingerprint()).matches("[0-9a-f]+").isEqualTo(open().fingerprint());
    assertThat(openOther().fingerprint()).isNotEqualTo(open().fingerprint());
  }

  private static float[][] first(Dataset data, Split split) {
    Examples examples = data.examples(split);
    return IntStream.range(0, Math.min(LOOKED_AT, examples.size()))
        .mapToObj(i -> read(examples, data.spec().values(), i))
        .toArray(float[][]::new);
  }

  private static int[] labels(Dataset data, Split split) {
    Examples examples = data.examples(split);
    return IntStream.range(0, examples.size()).map(examples::label).toArray();
  }

  private static float[] read(Examples examples, int values, int index) {
    float[] into = new float[values];
    examples.read(index, into, 0);
    return into;
  }
}
