package org.vqvae.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantized;
import org.vqvae.core.Quantizer;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.random.RandomStream;

/**
 * What every {@link Quantizer} must do, a third party's included: extend this class in a test and
 * say how yours is made.
 *
 * <p>Parameters are bound as views in the middle of larger arrays, as the network does it.
 */
public abstract class QuantizerContract {
  private static final int ROWS = 24;
  private static final int STEPS = 3;

  private Quantizer quantizer;
  private ParameterVector parameters;

  /** A new quantizer, not yet bound; all its randomness comes from the seed. */
  protected abstract Quantizer create(long seed);

  /**
   * What the gradient of a task with respect to z_q becomes for z_e: the same, straight through. To
   * be overridden by a quantizer that estimates it in another way.
   */
  protected INDArray estimatedGradient(INDArray taskGradient) {
    return taskGradient.dup();
  }

  @BeforeEach
  final void trainForAFewSteps() {
    quantizer = create(1);
    parameters = bound(quantizer);
    train(quantizer, 0);
  }

  @Test
  final void result_has_one_code_and_one_vector_for_each_latent() {
    for (Phase phase : Phase.values()) {
      Quantized result = quantizer.quantize(latents(7), phase);
      assertThatArray(result.vectors()).hasShape(ROWS, quantizer.codeDim()).isFinite();
      assertThat(result.codes()).hasSize(ROWS);
      for (int code : result.codes()) {
        assertThat(code).isBetween(0, quantizer.codebookSize() - 1);
      }
    }
  }

  @Test
  final void losses_are_finite_and_not_negative() {
    for (Phase phase : Phase.values()) {
      Quantized result = quantizer.quantize(latents(7), phase);
      assertThat(result.codebookLoss()).isFinite().isNotNegative();
      assertThat(result.commitmentLoss()).isFinite().isNotNegative();
    }
  }

  @Test
  final void a_single_latent_is_enough() {
    INDArray one = FloatArrays.of(new float[quantizer.codeDim()], 1, quantizer.codeDim());
    Quantized result = quantizer.quantize(one, Phase.EVAL);
    assertThatArray(result.vectors()).hasShape(1, quantizer.codeDim()).isFinite();
  }

  @Test
  final void latents_are_left_as_they_were() {
    INDArray latents = latents(7);
    INDArray before = latents.dup();
    quantizer
        .quantize(latents, Phase.TRAIN)
        .pullback()
        .apply(Nd4j.ones(DataType.FLOAT, ROWS, quantizer.codeDim()), 1);
    assertThatArray(latents).isEqualToArray(before);
  }

  @Test
  final void latents_may_be_a_view_at_an_offset() {
    // Given the same latents, alone and as rows of a larger array
    INDArray alone = latents(7);
    INDArray view = between(alone);
    // When
    Quantized fromView = quantizer.quantize(view, Phase.EVAL);
    // Then
    Quantized expected = quantizer.quantize(alone, Phase.EVAL);
    assertThat(fromView.codes()).isEqualTo(expected.codes());
    assertThatArray(fromView.vectors()).isEqualToArray(expected.vectors());
  }

  @Test
  final void evaluation_changes_nothing() {
    // Given
    INDArray before = parameters.values().dup();
    // When it is called twice
    Quantized first = quantizer.quantize(latents(7), Phase.EVAL);
    INDArray vectors = first.vectors().dup();
    quantizer.quantize(latents(8), Phase.EVAL);
    Quantized again = quantizer.quantize(latents(7), Phase.EVAL);
    // Then
    assertThatArray(parameters.values()).isEqualToArray(before);
    assertThat(again.codes()).isEqualTo(first.codes());
    assertThatArray(again.vectors()).isEqualToArray(vectors);
    assertThat(again.loss()).isEqualTo(first.loss());
  }

  @Test
  final void lookup_gives_the_vectors_bit_for_bit() {
    Quantized result = quantizer.quantize(latents(7), Phase.EVAL);
    assertThatArray(quantizer.lookup(result.codes())).isEqualToArray(result.vectors());
  }

  @Test
  final void every_code_can_be_looked_up() {
    int[] all = new int[quantizer.codebookSize()];
    for (int code = 0; code < all.length; code++) {
      all[code] = code;
    }
    assertThatArray(quantizer.lookup(all)).hasShape(all.length, quantizer.codeDim()).isFinite();
  }

  @Test
  final void same_seed_gives_same_bits() {
    Quantizer other = create(1);
    ParameterVector otherParameters = bound(other);
    train(other, 0);
    assertThatArray(otherParameters.values()).isEqualToArray(parameters.values());
    assertSameResult(
        other.quantize(latents(7), Phase.EVAL), quantizer.quantize(latents(7), Phase.EVAL));
  }

  @Test
  final void parameters_are_all_that_evaluation_depends_on() {
    // Given another one of another seed
    Quantizer other = create(2);
    ParameterVector otherParameters = bound(other);
    // When it gets the parameters
    otherParameters.values().assign(parameters.values());
    // Then it is the same
    assertSameResult(
        other.quantize(latents(7), Phase.EVAL), quantizer.quantize(latents(7), Phase.EVAL));
  }

  @Test
  final void state_has_no_gradient() {
    train(quantizer, STEPS);
    for (Parameter parameter : quantizer.parameters()) {
      if (!parameter.isLearned()) {
        assertThatArray(parameter.gradient())
            .isEqualToArray(Nd4j.zeros(DataType.FLOAT, parameter.shape()));
      }
    }
  }

  @Test
  final void gradients_overwrite_what_was_there() {
    // Given gradients of an earlier pass
    Quantized result = quantizer.quantize(latents(7), Phase.EVAL);
    result.pullback().apply(taskGradient(), 1);
    INDArray once = parameters.gradients().dup();
    // When they are computed again, then they are not added
    result.pullback().apply(taskGradient(), 1);
    assertThatArray(parameters.gradients()).isEqualToArray(once);
  }

  @Test
  final void without_its_own_loss_the_task_gradient_passes_as_estimated() {
    Quantized result = quantizer.quantize(latents(7), Phase.EVAL);
    INDArray gradient = result.pullback().apply(taskGradient(), 0);
    assertThatArray(gradient).isCloseTo(estimatedGradient(taskGradient()), 1e-6);
  }

  @Test
  final void commitment_gradient_agrees_with_finite_differences() {
    // Given the gradient of weight * loss alone
    double weight = 2.5;
    INDArray latents = latents(7);
    Quantized result = quantizer.quantize(latents, Phase.EVAL);
    INDArray gradient = result.pullback().apply(zeros(), weight);
    // When each latent moves a little, as long as all codes stay
    int checked = 0;
    for (int i = 0; i < latents.length(); i++) {
      double difference = differenceIfCodesStay(latents, i, result.codes());
      if (!Double.isNaN(difference)) {
        checked++;
        // Then
        assertThat(gradient.getDouble(i)).isCloseTo(weight * difference, within(1e-4));
      }
    }
    assertThat(checked).as("latents far enough from a border").isGreaterThan(ROWS / 4);
  }

  @Test
  final void codebook_gradient_agrees_with_finite_differences() {
    // Given the gradient of weight * loss alone
    double weight = 2.5;
    INDArray latents = latents(7);
    Quantized result = quantizer.quantize(latents, Phase.EVAL);
    result.pullback().apply(zeros(), weight);
    // When each learned value moves a little, then
    for (Parameter parameter : learned()) {
      INDArray gradient = parameter.gradient().dup();
      for (int i = 0; i < parameter.length(); i++) {
        double difference = codebookDifference(parameter.value(), i, latents, result.codes());
        if (!Double.isNaN(difference)) {
          assertThat(gradient.getDouble(i))
              .as(parameter + " at " + i)
              .isCloseTo(weight * difference, within(1e-4));
        }
      }
    }
  }

  private List<Parameter> learned() {
    return quantizer.parameters().stream().filter(Parameter::isLearned).toList();
  }

  private double differenceIfCodesStay(INDArray latents, int index, int[] codes) {
    List<Double> losses = new ArrayList<>();
    for (double step : new double[] {0x1p-8, -0x1p-8}) {
      INDArray moved = latents.dup();
      moved.putScalar(index, latents.getDouble(index) + step);
      Quantized result = quantizer.quantize(moved, Phase.EVAL);
      losses.add(Arrays.equals(result.codes(), codes) ? result.commitmentLoss() : Double.NaN);
    }
    return (losses.get(0) - losses.get(1)) / 0x1p-7;
  }

  private double codebookDifference(INDArray value, int index, INDArray latents, int[] codes) {
    List<Double> losses = new ArrayList<>();
    double before = value.getDouble(index);
    for (double step : new double[] {0x1p-8, -0x1p-8}) {
      value.putScalar(index, before + step);
      Quantized result = quantizer.quantize(latents, Phase.EVAL);
      losses.add(Arrays.equals(result.codes(), codes) ? result.codebookLoss() : Double.NaN);
    }
    value.putScalar(index, before);
    return (losses.get(0) - losses.get(1)) / 0x1p-7;
  }

  private static void assertSameResult(Quantized actual, Quantized expected) {
    assertThat(actual.codes()).isEqualTo(expected.codes());
    assertThatArray(actual.vectors()).isEqualToArray(expected.vectors());
    assertThat(actual.loss()).isEqualTo(expected.loss());
  }

  private static ParameterVector bound(Quantizer quantizer) {
    long length = ParameterVector.length(quantizer.parameters(), DataType.FLOAT);
    ParameterVector vector =
        ParameterVector.bind(quantizer.parameters(), viewOf(length), viewOf(length));
    vector.initialize(RandomStream.of(3, "contract"));
    return vector;
  }

  /** A zero vector in the middle of a larger array. */
  private static INDArray viewOf(long length) {
    INDArray larger = Nd4j.zeros(DataType.FLOAT, length + 48);
    return Nd4j.create(larger.data(), new long[] {length}, new long[] {1}, 16, 'c');
  }

  private static INDArray between(INDArray rows) {
    long[] shape = rows.shape();
    INDArray larger = Nd4j.zeros(DataType.FLOAT, shape[0] + 5, shape[1]);
    INDArray view = Nd4j.create(larger.data(), shape, new long[] {shape[1], 1}, 2 * shape[1], 'c');
    return view.assign(rows);
  }

  private void train(Quantizer trained, int from) {
    for (int step = from; step < from + STEPS; step++) {
      trained.quantize(latents(100 + step), Phase.TRAIN).pullback().apply(taskGradient(), 1);
    }
  }

  private INDArray latents(long seed) {
    return random(RandomStream.of(seed, "latents"));
  }

  private INDArray taskGradient() {
    return random(RandomStream.of(5, "task gradient"));
  }

  private INDArray zeros() {
    return Nd4j.zeros(DataType.FLOAT, ROWS, quantizer.codeDim());
  }

  private INDArray random(RandomStream random) {
    float[] values = new float[ROWS * quantizer.codeDim()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return FloatArrays.of(values, ROWS, quantizer.codeDim());
  }
}
