package org.vqvae.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Grid;
import org.vqvae.core.Phase;
import org.vqvae.core.Prior;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.nn.PriorNetwork.CodeStream;
import org.vqvae.core.random.RandomStream;

/**
 * What holds for every prior: extend it, say how yours is made, and each of its promises is tested.
 *
 * <p>Networks are small and their parameters are what {@link Parameter#initialize} makes them, so
 * that nothing is trained.
 */
public abstract class PriorContract {
  private static final double STEP = 1e-5;

  /** The prior under test. */
  protected abstract Prior prior(Kernels kernels);

  /** What it is to compute with: by default, what computes in DOUBLE too. */
  protected Kernels kernels() {
    return new NativeKernels();
  }

  /** The data type in which sums and gradients are checked to the last digits. */
  protected DataType precise() {
    return DataType.DOUBLE;
  }

  /** Whether codes change what is expected of later ones. */
  protected abstract boolean looksBack();

  /** Whether it can be conditioned on the class. */
  protected abstract boolean conditional();

  /** A grid that it can model; of more than three positions, so that "before" means something. */
  protected Grid grid() {
    return new Grid(3, 4);
  }

  /** The smallest grid worth summing over: 2^positions sequences are tried. */
  protected Grid tinyGrid() {
    return new Grid(2, 2);
  }

  private static final int CLASSES = 3;

  private CodeSpace space() {
    return new CodeSpace(5, grid());
  }

  private PriorNetwork network(CodeSpace space, int classes, DataType type) {
    PriorNetwork network = prior(kernels()).build(space, classes);
    ParameterVector.allocate(network.parameters(), type)
        .initialize(RandomStream.of(7, "parameters"));
    network.observe(codes(space, 9, "observed"), labels(9));
    return network;
  }

  private static int[] codes(CodeSpace space, int examples, String name) {
    RandomStream random = RandomStream.of(11, name);
    int[] codes = new int[examples * space.positions()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = random.nextInt(space.codebookSize());
    }
    return codes;
  }

  private static int[] labels(int examples) {
    int[] labels = new int[examples];
    for (int i = 0; i < examples; i++) {
      labels[i] = i % CLASSES;
    }
    return labels;
  }

  private static INDArray logits(PriorNetwork network, int[] codes, int @Nullable [] labels) {
    return network.logits(codes, labels, Phase.EVAL).dup();
  }

  @Test
  void logits_have_a_row_for_each_code_and_a_column_for_each_entry_of_the_codebook() {
    INDArray logits = logits(network(space(), 0, DataType.FLOAT), codes(space(), 2, "a"), null);
    assertThatArray(logits).hasShape(2L * grid().positions(), 5).isFinite();
  }

  @Test
  void no_logit_depends_on_its_own_or_a_later_code() {
    // Given the logits of some codes
    PriorNetwork network = network(space(), 0, DataType.FLOAT);
    int positions = grid().positions();
    int[] codes = codes(space(), 2, "a");
    INDArray before = logits(network, codes, null);
    for (int changed = 0; changed < positions; changed++) {
      // When one code of the first example is another one
      int[] other = codes.clone();
      other[changed] = (other[changed] + 1) % 5;
      INDArray after = logits(network, other, null);
      // Then not a bit changes up to there, nor in the other example
      assertThatArray(rows(after, 0, changed + 1)).isEqualToArray(rows(before, 0, changed + 1));
      assertThatArray(rows(after, positions, 2 * positions))
          .isEqualToArray(rows(before, positions, 2 * positions));
      // And what comes later does, if the prior looks back
      if (changed + 1 < positions) {
        double difference =
            rows(after, changed + 1, positions)
                .sub(rows(before, changed + 1, positions))
                .amaxNumber()
                .doubleValue();
        assertThat(difference > 0).as("looks back at position %d", changed).isEqualTo(looksBack());
      }
    }
  }

  @Test
  void the_probabilities_of_all_sequences_sum_to_one() {
    // Given a prior over a tiny grid of two codes
    CodeSpace tiny = new CodeSpace(2, tinyGrid());
    PriorNetwork network = network(tiny, 0, precise());
    int positions = tiny.positions();
    int sequences = 1 << positions;
    int[] codes = new int[sequences * positions];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = ((i / positions) >> (i % positions)) & 1;
    }
    // When every sequence is looked at
    double[][] logits = logits(network, codes, null).castTo(DataType.DOUBLE).toDoubleMatrix();
    // Then their probabilities are a distribution
    double sum = 0;
    for (int sequence = 0; sequence < sequences; sequence++) {
      double logProbability = 0;
      for (int i = sequence * positions; i < (sequence + 1) * positions; i++) {
        logProbability += logits[i][codes[i]] - logSumExp(logits[i]);
      }
      sum += Math.exp(logProbability);
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  private static double logSumExp(double[] logits) {
    return Math.log(Math.exp(logits[0]) + Math.exp(logits[1]));
  }

  @Test
  void sampling_step_by_step_sees_the_logits_of_the_full_pass() {
    assertStreamEqualsFullPass(DataType.FLOAT, 0, 1e-4);
    assertStreamEqualsFullPass(DataType.FLOAT, CLASSES, 1e-4);
  }

  @Test
  void sampling_step_by_step_sees_them_to_the_last_digits_of_a_float() {
    assertStreamEqualsFullPass(precise(), CLASSES, 1e-6);
  }

  private void assertStreamEqualsFullPass(DataType type, int classes, double tolerance) {
    // Given the logits of the full pass
    int examples = 3;
    PriorNetwork network = network(space(), classes, type);
    int[] codes = codes(space(), examples, "a");
    int @Nullable [] labels = classes == 0 ? null : labels(examples);
    INDArray full = logits(network, codes, labels).castTo(DataType.FLOAT);
    // When the same codes are accepted one position after another
    CodeStream stream = network.stream(examples, labels);
    int positions = grid().positions();
    for (int position = 0; position < positions; position++) {
      int[] column = new int[examples];
      INDArray expected = Nd4j.create(DataType.FLOAT, examples, 5);
      for (int n = 0; n < examples; n++) {
        column[n] = codes[n * positions + position];
        expected.putRow(n, full.getRow((long) n * positions + position));
      }
      // Then each position's logits are those of the full pass, however often one asks
      assertThatArray(array(stream.next(), examples)).isCloseTo(expected, tolerance);
      assertThatArray(array(stream.next(), examples)).isCloseTo(expected, tolerance);
      stream.accept(column);
    }
  }

  @Test
  void a_stream_may_be_primed_with_codes_whose_logits_nobody_asked_for() {
    PriorNetwork network = network(space(), 0, DataType.FLOAT);
    int[] codes = codes(space(), 1, "a");
    INDArray full = logits(network, codes, null);
    // When a stream accepts all codes but the last
    CodeStream stream = network.stream(1, null);
    int last = codes.length - 1;
    for (int position = 0; position < last; position++) {
      stream.accept(new int[] {codes[position]});
    }
    // Then it knows what is expected of the last
    assertThatArray(array(stream.next(), 1)).isCloseTo(rows(full, last, last + 1), 1e-4);
  }

  @Test
  void two_streams_do_not_disturb_each_other() {
    // Given two streams of one network that were told different codes
    PriorNetwork network = network(space(), 0, DataType.FLOAT);
    CodeStream one = network.stream(1, null);
    CodeStream two = network.stream(1, null);
    one.accept(new int[] {0});
    float[] alone = one.next().clone();
    two.accept(new int[] {4});
    // When the second moves on
    two.next();
    // Then the first is where it was
    assertThat(one.next()).isEqualTo(alone);
  }

  @Test
  void looking_at_codes_in_eval_changes_no_parameter() {
    PriorNetwork network = prior(kernels()).build(space(), 0);
    ParameterVector vector = ParameterVector.allocate(network.parameters(), DataType.FLOAT);
    vector.initialize(RandomStream.of(7, "parameters"));
    INDArray before = vector.parameters().isEmpty() ? null : vector.values().dup();
    logits(network, codes(space(), 2, "a"), null);
    network.stream(2, null).accept(new int[] {0, 1});
    if (before != null) {
      assertThatArray(vector.values()).isEqualToArray(before);
    }
  }

  @Test
  void equal_parameters_and_codes_give_equal_logits() {
    int[] codes = codes(space(), 2, "a");
    PriorNetwork network = network(space(), 0, DataType.FLOAT);
    INDArray first = logits(network, codes, null);
    logits(network, codes(space(), 3, "between"), null);
    assertThatArray(logits(network, codes, null)).isEqualToArray(first);
    assertThatArray(logits(network(space(), 0, DataType.FLOAT), codes, null)).isEqualToArray(first);
  }

  @Test
  void observing_the_same_codes_again_changes_nothing() {
    PriorNetwork network = network(space(), 0, DataType.FLOAT);
    int[] codes = codes(space(), 2, "a");
    INDArray once = logits(network, codes, null);
    network.observe(codes(space(), 9, "observed"), labels(9));
    assertThatArray(logits(network, codes, null)).isEqualToArray(once);
  }

  @Test
  void the_class_changes_what_is_expected_if_the_prior_is_conditional() {
    int[] codes = codes(space(), 1, "a");
    PriorNetwork network = network(space(), CLASSES, DataType.FLOAT);
    INDArray first = logits(network, codes, new int[] {0});
    INDArray second = logits(network, codes, new int[] {1});
    assertThat(first.sub(second).amaxNumber().doubleValue() > 0).isEqualTo(conditional());
  }

  @Test
  void a_conditional_prior_asks_for_labels_that_exist() {
    assumeTrue(conditional());
    PriorNetwork network = network(space(), CLASSES, DataType.FLOAT);
    int[] codes = codes(space(), 1, "a");
    assertThatThrownBy(() -> network.logits(codes, null, Phase.EVAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label");
    assertThatThrownBy(() -> network.logits(codes, new int[] {CLASSES}, Phase.EVAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0..2");
  }

  @Test
  void codes_outside_the_codebook_are_refused() {
    PriorNetwork network = network(space(), 0, DataType.FLOAT);
    int[] codes = codes(space(), 1, "a");
    codes[2] = 5;
    assertThatThrownBy(() -> network.logits(codes, null, Phase.EVAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("code 2 is 5")
        .hasMessageContaining("0..4");
    assertThatThrownBy(() -> network.stream(1, null).accept(new int[] {-1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0..4");
  }

  @Test
  void gradients_agree_with_finite_differences() {
    assertGradients(0);
  }

  @Test
  void gradients_of_a_conditional_network_agree_with_finite_differences() {
    assumeTrue(conditional());
    assertGradients(CLASSES);
  }

  private void assertGradients(int classes) {
    // Given a network and a loss: the sum of its logits, each with a weight of its own
    PriorNetwork network = network(space(), classes, precise());
    int @Nullable [] labels = classes == 0 ? null : labels(2);
    int[] codes = codes(space(), 2, "a");
    INDArray weights = weights(codes.length, 5);
    List<Parameter> learned = new ArrayList<>(network.parameters());
    learned.removeIf(parameter -> !parameter.isLearned());
    RandomStream random = RandomStream.of(13, "picked");
    learned.forEach(parameter -> moveOffItsStart(parameter, random));
    // When it passes the loss's gradient back, and had another gradient left from before
    learned.forEach(parameter -> parameter.gradient().assign(3));
    network.logits(codes, labels, Phase.TRAIN);
    network.backward(weights.dup());
    // Then values picked from every parameter have the slope of the loss
    for (Parameter parameter : learned) {
      for (int pick = 0; pick < 3; pick++) {
        long index = random.nextInt((int) parameter.length());
        double slope = slope(network, parameter, index, codes, labels, weights);
        double gradient = flat(parameter.gradient()).getDouble(index);
        assertThat(gradient)
            .as("%s[%d]", parameter.name(), index)
            .isCloseTo(slope, within(1e-6 + 1e-5 * Math.abs(slope)));
      }
    }
  }

  /** A ReLU that starts at exactly 0 has no slope to compare with. */
  private static void moveOffItsStart(Parameter parameter, RandomStream random) {
    INDArray value = flat(parameter.value());
    for (int i = 0; i < value.length(); i++) {
      value.putScalar(i, value.getDouble(i) + 0.1 * random.nextGaussian());
    }
  }

  private INDArray weights(int rows, int columns) {
    INDArray weights = Nd4j.create(precise(), rows, columns);
    RandomStream random = RandomStream.of(17, "weights");
    for (int i = 0; i < rows * columns; i++) {
      weights.putScalar(i, random.nextGaussian());
    }
    return weights;
  }

  private static double slope(
      PriorNetwork network,
      Parameter parameter,
      long index,
      int[] codes,
      int @Nullable [] labels,
      INDArray weights) {
    INDArray value = flat(parameter.value());
    double middle = value.getDouble(index);
    value.putScalar(index, middle + STEP);
    double right = logits(network, codes, labels).mul(weights).sumNumber().doubleValue();
    value.putScalar(index, middle - STEP);
    double left = logits(network, codes, labels).mul(weights).sumNumber().doubleValue();
    value.putScalar(index, middle);
    return (right - left) / (2 * STEP);
  }

  private static INDArray flat(INDArray array) {
    return array.reshape(array.length());
  }

  private static INDArray rows(INDArray logits, int from, int to) {
    return logits.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  private static INDArray array(float[] values, int rows) {
    return Nd4j.createFromArray(values.clone()).reshape(rows, values.length / rows);
  }
}
