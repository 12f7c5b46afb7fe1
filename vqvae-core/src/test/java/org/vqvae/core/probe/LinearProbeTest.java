package org.vqvae.core.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vqvae.core.random.RandomStream;

class LinearProbeTest {
  private static final int K = 12;
  private static final int POSITIONS = 8;
  private static final int CLASSES = 3;

  @Test
  void tells_what_the_codes_say() {
    // GIVEN examples of class c whose codes are from the c-th third of the codebook two times in
    // three
    Observations training = examples("training", 300, 0.67);
    Observations test = examples("test", 300, 0.67);
    // WHEN
    LinearProbe probe = LinearProbe.fit(training, CLASSES, 1e-3);
    // THEN eight such codes leave little doubt
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
    // GIVEN a probe, and test examples whose codes are in another order
    LinearProbe probe = LinearProbe.fit(examples("training", 200, 0.5), CLASSES, 1e-3);
    int[] codes = codes("test", 100, 0.5);
    int[] reversed = new int[codes.length];
    for (int i = 0; i < reversed.length; i++) {
      int example = i / POSITIONS;
      reversed[i] = codes[example * POSITIONS + POSITIONS - 1 - i % POSITIONS];
    }
    // WHEN
    double accuracy = probe.accuracy(labelled(reversed));
    // THEN
    assertThat(accuracy).isEqualTo(probe.accuracy(labelled(codes)));
  }

  @Test
  void without_any_use_of_the_codes_says_the_most_frequent_label() {
    // GIVEN codes that are all the same, and more of label 2 than of any other
    Observations training =
        Observations.histograms(K, 2, new int[12], new int[] {2, 0, 2, 1, 2, 0});
    // WHEN
    LinearProbe probe = LinearProbe.fit(training, CLASSES, 1e-3);
    // THEN
    assertThat(training.mostFrequent()).isEqualTo(2);
    assertThat(probe.accuracy(training)).isEqualTo(training.share(2)).isEqualTo(0.5);
  }

  @Test
  void takes_features_of_any_kind_as_it_takes_histograms() {
    // GIVEN the shares of codes, once as histograms, once as plain features, and a feature that is
    // always the same
    int[] codes = codes("training", 300, 0.5);
    double[][] shares = new double[300][K + 1];
    for (int i = 0; i < codes.length; i++) {
      shares[i / POSITIONS][codes[i]] += 1.0 / POSITIONS;
      shares[i / POSITIONS][K] = -60.1;
    }
    int[] labels = IntStream.range(0, 300).map(i -> i % CLASSES).toArray();
    Observations plain = Observations.of(shares, labels);
    // WHEN both are learned
    double accuracy = LinearProbe.fit(plain, CLASSES, 1e-3).accuracy(plain);
    // THEN they tell as much
    assertThat(accuracy)
        .isEqualTo(LinearProbe.fit(labelled(codes), CLASSES, 1e-3).accuracy(labelled(codes)));
  }

  @Test
  void features_that_do_not_fit_the_labels_are_refused() {
    assertThatThrownBy(() -> Observations.histograms(K, 4, new int[9], new int[2]))
        .hasMessage("9 codes are not 4 for each of 2 examples");
    assertThatThrownBy(() -> Observations.of(new double[3][K], new int[2]))
        .hasMessage("3 rows of features are not one for each of 2 labels");
  }

  private static Observations examples(String name, int count, double telling) {
    return labelled(codes(name, count, telling));
  }

  /** Labels take turns. */
  private static Observations labelled(int[] codes) {
    int[] labels = IntStream.range(0, codes.length / POSITIONS).map(i -> i % CLASSES).toArray();
    return Observations.histograms(K, POSITIONS, codes, labels);
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
