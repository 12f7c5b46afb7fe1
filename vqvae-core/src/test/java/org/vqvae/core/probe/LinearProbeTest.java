package org.vqvae.core.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Grid;
import org.vqvae.core.random.RandomStream;

class LinearProbeTest {
  private static final int K = 12;
  private static final int POSITIONS = 8;
  private static final int CLASSES = 3;

  @Test
  void tells_what_the_codes_say() {
    // Given examples of class c whose codes are from the c-th third of the codebook two times in
    // three
    Observations training = examples("training", 300, 0.67);
    Observations test = examples("test", 300, 0.67);
    // When
    LinearProbe probe = LinearProbe.fit(training, CLASSES, 1e-3);
    // Then eight such codes leave little doubt
    assertThat(probe.accuracy(test)).isGreaterThan(0.9);
  }

  @Test
  void does_as_well_as_guessing_where_codes_say_nothing() {
    Observations training = examples("training", 2_000, 0);
    Observations test = examples("test", 2_000, 0);

    LinearProbe probe = LinearProbe.fit(training, CLASSES, 1e-2);

    assertThat(probe.accuracy(test)).isCloseTo(1.0 / CLASSES, within(0.05));
  }

  @Test
  void sees_how_often_and_not_where() {
    // Given a probe, and test examples whose codes are in another order
    LinearProbe probe = LinearProbe.fit(examples("training", 200, 0.5), CLASSES, 1e-3);
    int[] codes = codes("test", 100, 0.5);
    int[] reversed = new int[codes.length];
    for (int i = 0; i < reversed.length; i++) {
      int example = i / POSITIONS;
      reversed[i] = codes[example * POSITIONS + POSITIONS - 1 - i % POSITIONS];
    }
    // When
    double accuracy = probe.accuracy(labelled(reversed));
    // Then
    assertThat(accuracy).isEqualTo(probe.accuracy(labelled(codes)));
  }

  @Test
  void without_any_use_of_the_codes_says_the_most_frequent_label() {
    // Given codes that are all the same, and more of label 2 than of any other
    Observations training =
        Observations.histograms(
            Codes.of(CodeShape.of(new Grid(2), K), new int[12]), new int[] {2, 0, 2, 1, 2, 0});
    // When
    LinearProbe probe = LinearProbe.fit(training, CLASSES, 1e-3);
    // Then
    assertThat(training.mostFrequent()).isEqualTo(2);
    assertThat(probe.accuracy(training)).isEqualTo(training.share(2)).isEqualTo(0.5);
  }

  @Test
  void takes_features_of_any_kind_as_it_takes_histograms() {
    // Given the shares of codes, once as histograms, once as plain features, and a feature that is
    // always the same
    int[] codes = codes("training", 300, 0.5);
    double[][] shares = new double[300][K + 1];
    for (int i = 0; i < codes.length; i++) {
      shares[i / POSITIONS][codes[i]] += 1.0 / POSITIONS;
      shares[i / POSITIONS][K] = -60.1;
    }
    int[] labels = IntStream.range(0, 300).map(i -> i % CLASSES).toArray();
    Observations plain = Observations.of(shares, labels);
    // When both are learned
    double accuracy = LinearProbe.fit(plain, CLASSES, 1e-3).accuracy(plain);
    // Then they tell as much
    assertThat(accuracy)
        .isEqualTo(LinearProbe.fit(labelled(codes), CLASSES, 1e-3).accuracy(labelled(codes)));
  }

  @Test
  void histograms_have_a_table_for_each_codebook_of_each_map() {
    // Given two examples with a map of K = 3 and one of K = 2 and 4
    CodeShape shape =
        new CodeShape(
            List.of(
                new CodeMap("top", new Grid(1), List.of(3)),
                new CodeMap("bottom", new Grid(2), List.of(2, 4))));
    Codes codes = Codes.of(shape, 2, 0, 3, 1, 3, 0, 1, 0, 1, 2);
    // When
    Observations seen = Observations.histograms(codes, new int[] {0, 1});
    // Then the tables begin at 0, 3 and 5
    assertThat(seen.features()).isEqualTo(9);
    assertThat(seen.columns(0)).containsExactly(2, 3, 4, 8);
    assertThat(seen.values(0)).containsExactly(1, 0.5, 0.5, 1);
    assertThat(seen.columns(1)).containsExactly(0, 4, 5, 7);
    assertThat(seen.values(1)).containsExactly(1, 1, 0.5, 0.5);
  }

  @Test
  void features_that_do_not_fit_the_labels_are_refused() {
    Codes three = Codes.of(CodeShape.of(new Grid(4), K), new int[12]);
    assertThatThrownBy(() -> Observations.histograms(three, new int[2]))
        .hasMessage("codes of 3 examples do not fit 2 labels");
    assertThatThrownBy(() -> Observations.of(new double[3][K], new int[2]))
        .hasMessage("3 rows of features are not one for each of 2 labels");
  }

  private static Observations examples(String name, int count, double telling) {
    return labelled(codes(name, count, telling));
  }

  /** Labels take turns. */
  private static Observations labelled(int[] codes) {
    int[] labels = IntStream.range(0, codes.length / POSITIONS).map(i -> i % CLASSES).toArray();
    return Observations.histograms(Codes.of(CodeShape.of(new Grid(POSITIONS), K), codes), labels);
  }

  /** A code is of its label's third of the codebook that often, else any. */
  private static int[] codes(String name, int count, double telling) {
    RandomStream random = RandomStream.of(5, name);
    int[] codes = new int[count * POSITIONS];
    for (int i = 0; i < codes.length; i++) {
      int label = i / POSITIONS % CLASSES;
      int own = label * (K / CLASSES) + random.nextInt(K / CLASSES);
      codes[i] = random.nextDouble() < telling ? own : random.nextInt(K);
    }
    return codes;
  }
}
