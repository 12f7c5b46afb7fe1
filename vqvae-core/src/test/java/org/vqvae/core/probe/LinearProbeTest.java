package org.vqvae.core.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
    LabelledCodes training = examples("training", 300, 0.67);
    LabelledCodes test = examples("test", 300, 0.67);
    // WHEN
    LinearProbe probe = LinearProbe.fit(training, CLASSES, 1e-3);
    // THEN eight such codes leave little doubt
    assertThat(probe.accuracy(test)).isGreaterThan(0.9);
  }

  @Test
  void does_as_well_as_guessing_where_codes_say_nothing() {
    LabelledCodes training = examples("training", 2_000, 0);
    LabelledCodes test = examples("test", 2_000, 0);

    LinearProbe probe = LinearProbe.fit(training, CLASSES, 1e-2);

    assertThat(probe.accuracy(test)).isCloseTo(1.0 / CLASSES, within(0.05));
  }

  @Test
  void sees_how_often_and_not_where() {
    // GIVEN a probe, and test examples whose codes are in another order
    LinearProbe probe = LinearProbe.fit(examples("training", 200, 0.5), CLASSES, 1e-3);
    LabelledCodes test = examples("test", 100, 0.5);
    int[] reversed = new int[test.codes().length];
    for (int i = 0; i < reversed.length; i++) {
      int example = i / POSITIONS;
      reversed[i] = test.codes()[example * POSITIONS + POSITIONS - 1 - i % POSITIONS];
    }
    // WHEN
    double accuracy = probe.accuracy(new LabelledCodes(K, POSITIONS, reversed, test.labels()));
    // THEN
    assertThat(accuracy).isEqualTo(probe.accuracy(test));
  }

  @Test
  void without_any_use_of_the_codes_says_the_most_frequent_label() {
    // GIVEN codes that are all the same, and more of label 2 than of any other
    LabelledCodes training = new LabelledCodes(K, 2, new int[12], new int[] {2, 0, 2, 1, 2, 0});
    // WHEN
    LinearProbe probe = LinearProbe.fit(training, CLASSES, 1e-3);
    // THEN
    assertThat(training.mostFrequent()).isEqualTo(2);
    assertThat(probe.accuracy(training)).isEqualTo(training.share(2)).isEqualTo(0.5);
  }

  @Test
  void codes_that_do_not_fit_the_labels_are_refused() {
    assertThatThrownBy(() -> new LabelledCodes(K, 4, new int[9], new int[2]))
        .hasMessage("9 codes are not 4 for each of 2 examples");
  }

  /** Labels take turns; a code is of its label's third of the codebook that often, else any. */
  private static LabelledCodes examples(String name, int count, double telling) {
    RandomStream random = RandomStream.of(5, name);
    int[] labels = new int[count];
    int[] codes = new int[count * POSITIONS];
    for (int i = 0; i < codes.length; i++) {
      int label = i / POSITIONS % CLASSES;
      labels[i / POSITIONS] = label;
      int own = label * (K / CLASSES) + random.nextInt(K / CLASSES);
      codes[i] = random.nextDouble() < telling ? own : random.nextInt(K);
    }
    return new LabelledCodes(K, POSITIONS, codes, labels);
  }
}
