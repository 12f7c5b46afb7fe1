package org.vqvae.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.vqvae.core.Bottled;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.Statistics;
import org.vqvae.core.Term;
import org.vqvae.core.VariationalBottleneck;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;

/**
 * What every {@link Bottleneck} must do, a third party's included: extend this class in a test, or
 * {@link QuantizerContract} if yours has codes, and say how yours is made.
 *
 * <p>Parameters are bound as views in the middle of larger arrays, as the network does it.
 */
public abstract class BottleneckContract {
  static final int EXAMPLES = 6;
  static final int ROWS = 24;
  private static final int CUT = 2;
  private static final int STEPS = 3;
  private static final double WEIGHT = 2.5;
  private static final double FLOAT_STEP = 0x1p-8;
  private static final double ROUNDING = 1e-5;

  /** What FLOAT values leave of a slope over 2 x FLOAT_STEP, absolute and of the slope. */
  private static final double SLOPE = 1e-4;

  private static final String PLACE = "quantizer";

  private RandomStreams streams;
  private Bottleneck bottleneck;
  private ParameterVector parameters;

  /**
   * A new bottleneck, not yet bound.
   *
   * @param scope its place: the source of its names and of all its randomness
   */
  protected abstract Bottleneck create(Scope scope);

  /** Whether the gradient of a term with respect to the latents is its slope; otherwise zero. */
  protected boolean reachesLatents(Term term) {
    return true;
  }

  /** Whether the gradient of a term with respect to the parameters is its slope; otherwise zero. */
  protected boolean reachesParameters(Term term) {
    return true;
  }

  /**
   * The learned parameters whose gradients are slopes; to be narrowed by a bottleneck that stops
   * gradients between its parts.
   */
  protected List<Parameter> parametersWithSlopes() {
    return bottleneck.parameters().stream().filter(Parameter::isLearned).toList();
  }

  /**
   * What the gradient of a task becomes for the latents: by default, for smooth values, their
   * slope.
   *
   * @param latents of the pass
   * @param taskGradient d task / d values, {@code [M, outputDim]}
   * @return {@code [M, inputDim]}
   */
  protected INDArray expectedTaskGradient(INDArray latents, INDArray taskGradient, Phase phase) {
    Slopes slopes =
        new Slopes(() -> dot(bottleneck.apply(latents, phase).values(), taskGradient))
            .withStep(FLOAT_STEP);
    double[] expected = new double[(int) latents.length()];
    Arrays.setAll(expected, i -> slopes.slope(latents, i));
    return Nd4j.createFromArray(expected)
        .castTo(DataType.FLOAT)
        .reshape(ROWS, bottleneck.inputDim());
  }

  /** The sum of the products, in double precision. */
  private static double dot(INDArray one, INDArray other) {
    float[] a = FloatArrays.read(one);
    float[] b = FloatArrays.read(other);
    return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] * b[i]).sum();
  }

  @BeforeEach
  final void trainForAFewSteps() {
    streams = new RandomStreams(1);
    bottleneck = create(scope(streams));
    parameters = bound(bottleneck);
    train(bottleneck);
  }

  /** The bottleneck under test, after a few steps. */
  protected final Bottleneck trained() {
    return bottleneck;
  }

  static List<Phase> phases() {
    return List.of(Phase.EVAL, Phase.TRAIN, Phase.train(7, 2), Phase.drawn(7));
  }

  @Test
  final void parameters_are_named_within_its_place_each_once() {
    assertThat(bottleneck.parameters())
        .extracting(Parameter::name)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.startsWith(PLACE + "/"));
  }

  @ParameterizedTest
  @MethodSource("phases")
  final void result_has_one_row_of_values_for_each_latent(Phase phase) {
    Bottled result = bottleneck.apply(latents(7), phase);
    assertThatArray(result.values()).hasShape(ROWS, bottleneck.outputDim()).isFinite();
  }

  @ParameterizedTest
  @MethodSource("phases")
  final void terms_are_finite_of_one_unit_and_one_name_each(Phase phase) {
    List<Term> terms = bottleneck.apply(latents(7), phase).terms();
    assertThat(terms).extracting(Term::name).doesNotHaveDuplicates();
    assertThat(terms.stream().map(Term::unit).distinct().count()).isLessThan(2);
    for (Term term : terms) {
      assertThat(term.value()).as(term.name()).isFinite().isNotNegative();
      assertThat(term.weight()).as(term.name()).isFinite().isNotNegative();
    }
  }

  @Test
  final void a_single_latent_is_enough() {
    INDArray one = Nd4j.zeros(DataType.FLOAT, 1, bottleneck.inputDim());
    Bottled result = bottleneck.apply(one, Phase.EVAL);
    assertThatArray(result.values()).hasShape(1, bottleneck.outputDim()).isFinite();
  }

  @Test
  final void latents_are_left_as_they_were() {
    INDArray latents = latents(7);
    INDArray before = latents.dup();
    Bottled result = bottleneck.apply(latents, Phase.TRAIN);
    result.pullback().apply(taskGradient(), 1);
    bottleneck.update(result.statistics());
    assertThatArray(latents).isEqualToArray(before);
  }

  @Test
  final void latents_may_be_a_view_at_an_offset() {
    // Given the same latents, alone and as examples of a larger array
    INDArray alone = latents(7);
    INDArray view = between(alone);
    // When
    Bottled fromView = bottleneck.apply(view, Phase.EVAL);
    // Then
    assertSameResult(fromView, bottleneck.apply(alone, Phase.EVAL));
  }

  @ParameterizedTest
  @MethodSource("phases")
  final void applying_changes_nothing_and_applied_twice_it_gives_the_same(Phase phase) {
    // Given
    INDArray before = parameters.values().dup();
    Map<String, Long> chance = streams.states();
    // When
    Bottled first = bottleneck.apply(latents(7), phase);
    INDArray values = first.values().dup();
    bottleneck.apply(latents(8), phase);
    Bottled again = bottleneck.apply(latents(7), phase);
    // Then
    assertThatArray(parameters.values()).isEqualToArray(before);
    assertThat(streams.states()).isEqualTo(chance);
    assertThatArray(first.values()).isEqualToArray(values);
    assertSameResult(again, first);
  }

  @Test
  final void only_a_variational_bottleneck_draws_in_an_evaluation() {
    // Given the values of two drawn evaluations
    INDArray one = bottleneck.apply(latents(7), Phase.drawn(1)).values();
    INDArray other = bottleneck.apply(latents(7), Phase.drawn(2)).values();
    // Then they are draws, or the values of an evaluation
    if (bottleneck instanceof VariationalBottleneck) {
      assertThat(one).isNotEqualTo(other);
    } else {
      INDArray values = bottleneck.apply(latents(7), Phase.EVAL).values();
      assertThatArray(one).isEqualToArray(values);
      assertThatArray(other).isEqualToArray(values);
    }
  }

  @Test
  final void same_seed_gives_same_bits() {
    RandomStreams otherStreams = new RandomStreams(1);
    Bottleneck other = create(scope(otherStreams));
    ParameterVector otherParameters = bound(other);
    train(other);
    assertThatArray(otherParameters.values()).isEqualToArray(parameters.values());
    assertThat(otherStreams.states()).isEqualTo(streams.states());
    for (Phase phase : phases()) {
      assertSameResult(other.apply(latents(7), phase), bottleneck.apply(latents(7), phase));
    }
  }

  @Test
  final void parameters_are_all_that_evaluation_depends_on() {
    // Given another one of another seed
    Bottleneck other = create(scope(new RandomStreams(2)));
    ParameterVector otherParameters = bound(other);
    // When it gets the parameters
    otherParameters.values().assign(parameters.values());
    // Then it is the same
    assertSameResult(other.apply(latents(7), Phase.EVAL), bottleneck.apply(latents(7), Phase.EVAL));
  }

  @Test
  final void state_has_no_gradient() {
    for (Parameter parameter : bottleneck.parameters()) {
      if (!parameter.isLearned()) {
        assertThatArray(parameter.gradient())
            .isEqualToArray(Nd4j.zeros(DataType.FLOAT, parameter.shape()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("phases")
  final void gradients_overwrite_what_was_there(Phase phase) {
    // Given gradients of an earlier pass
    Bottled result = bottleneck.apply(latents(7), phase);
    INDArray once = result.pullback().apply(taskGradient(), 1).dup();
    INDArray own = parameters.gradients().dup();
    // When they are computed again, then they are not added
    assertThatArray(result.pullback().apply(taskGradient(), 1)).isEqualToArray(once);
    assertThatArray(parameters.gradients()).isEqualToArray(own);
  }

  @ParameterizedTest
  @MethodSource("phases")
  final void without_its_terms_the_gradient_is_that_of_the_task(Phase phase) {
    INDArray latents = latents(7);
    INDArray gradient = bottleneck.apply(latents, phase).pullback().apply(taskGradient(), 0);
    assertThatArray(gradient)
        .isCloseTo(expectedTaskGradient(latents, taskGradient(), phase), SLOPE, SLOPE);
  }

  @ParameterizedTest
  @MethodSource("phases")
  final void gradient_of_the_terms_agrees_with_finite_differences_in_the_latents(Phase phase) {
    // Given the gradient of the weighted terms alone
    INDArray latents = latents(7);
    Bottled result = bottleneck.apply(latents, phase);
    INDArray gradient = result.pullback().apply(noTask(), WEIGHT);
    // When each latent moves a little, as long as all codes stay
    DoubleSupplier loss =
        () -> loss(bottleneck.apply(latents, phase), result, this::reachesLatents);
    // Then
    assertThat(agreeing(loss, latents, gradient))
        .as("places that are smooth")
        .isGreaterThan(ROWS / 4);
  }

  /** Checks the learned parameters that have slopes; returns how many places were smooth. */
  final int checkParameterGradients(Phase phase) {
    INDArray latents = latents(7);
    Bottled result = bottleneck.apply(latents, phase);
    result.pullback().apply(noTask(), WEIGHT);
    DoubleSupplier loss =
        () -> loss(bottleneck.apply(latents, phase), result, this::reachesParameters);
    return parametersWithSlopes().stream()
        .mapToInt(it -> agreeing(loss, it.value(), it.gradient().dup()))
        .sum();
  }

  private interface Reach {
    boolean includes(Term term);
  }

  /** The weighted terms, or NaN if codes changed. */
  private static double loss(Bottled moved, Bottled before, Reach reach) {
    return Arrays.equals(moved.codes(), before.codes())
        ? moved.terms().stream().filter(reach::includes).mapToDouble(Term::weighted).sum()
        : Double.NaN;
  }

  /** Compares all places where the loss is smooth; returns how many these are. */
  private static int agreeing(DoubleSupplier loss, INDArray value, INDArray gradient) {
    Slopes slopes = new Slopes(loss).withStep(FLOAT_STEP);
    float[] gradients = FloatArrays.read(gradient);
    int checked = 0;
    for (int i = 0; i < gradients.length; i++) {
      double slope = slopes.slope(value, i);
      if (!Double.isNaN(slope)) {
        checked++;
        double expected = WEIGHT * slope;
        assertThat((double) gradients[i])
            .as("at " + i)
            .isCloseTo(expected, within(SLOPE * Math.max(1, Math.abs(expected))));
      }
    }
    return checked;
  }

  @Test
  final void values_and_codes_do_not_depend_on_how_a_batch_is_cut() {
    Cut cut = new Cut();
    assertThatArray(Nd4j.vstack(cut.first.values(), cut.second.values()))
        .isEqualToArray(cut.whole.values());
    assertThat(join(cut.first.codes(), cut.second.codes())).isEqualTo(cut.whole.codes());
  }

  @Test
  final void terms_of_two_parts_are_by_their_shares_those_of_the_whole() {
    Cut cut = new Cut();
    for (int i = 0; i < cut.whole.terms().size(); i++) {
      Term first = cut.first.terms().get(i);
      Term second = cut.second.terms().get(i);
      Term whole = cut.whole.terms().get(i);
      assertThat(List.of(first.name(), second.name())).containsOnly(whole.name());
      assertThat(cut.share() * first.weighted() + (1 - cut.share()) * second.weighted())
          .isCloseTo(whole.weighted(), within(ROUNDING * (1 + whole.weighted())));
    }
    assertThat(cut.first.terms()).hasSameSizeAs(cut.whole.terms());
  }

  @Test
  final void gradients_of_two_parts_are_by_their_shares_those_of_the_whole() {
    // Given the gradients of the whole
    Cut cut = new Cut();
    INDArray whole = cut.whole.pullback().apply(taskGradient(), WEIGHT).dup();
    float[] learned = FloatArrays.read(parameters.gradients());
    // When those of the parts are computed
    int border = CUT * ROWS / EXAMPLES;
    INDArray task = taskGradient();
    INDArray first = cut.first.pullback().apply(rows(task, 0, border), cut.share() * WEIGHT).dup();
    float[] learnedFirst = FloatArrays.read(parameters.gradients());
    INDArray second =
        cut.second.pullback().apply(rows(task, border, ROWS), (1 - cut.share()) * WEIGHT);
    float[] learnedSecond = FloatArrays.read(parameters.gradients());
    // Then
    assertThatArray(Nd4j.vstack(first, second)).isCloseTo(whole, ROUNDING, ROUNDING);
    for (int i = 0; i < learned.length; i++) {
      assertThat(learnedFirst[i] + learnedSecond[i])
          .isCloseTo(learned[i], within((float) (ROUNDING * (1 + Math.abs(learned[i])))));
    }
  }

  @Test
  final void statistics_of_two_parts_add_to_those_of_the_whole_and_update_alike() {
    // Given a twin
    Bottleneck twin = create(scope(new RandomStreams(1)));
    ParameterVector twins = bound(twin);
    train(twin);
    Cut cut = new Cut();
    Statistics sum = cut.first.statistics().plus(cut.second.statistics());
    assertAlike(sum, cut.whole.statistics());
    // When one learns from the whole and the other from the parts
    bottleneck.update(cut.whole.statistics());
    twin.update(sum);
    // Then
    assertThatArray(twins.values()).isCloseTo(parameters.values(), ROUNDING, ROUNDING);
  }

  @Test
  final void figures_of_a_set_do_not_depend_on_how_it_is_cut() {
    // Given
    Bottled whole = bottleneck.apply(latents(7), Phase.EVAL);
    Bottled first = bottleneck.apply(examples(latents(7), 0, CUT), Phase.EVAL);
    Bottled second = bottleneck.apply(examples(latents(7), CUT, EXAMPLES), Phase.EVAL);
    // When
    Map<String, Double> expected = bottleneck.figures(whole.statistics());
    Map<String, Double> figures = bottleneck.figures(first.statistics().plus(second.statistics()));
    // Then
    assertThat(figures).containsOnlyKeys(expected.keySet().toArray(String[]::new));
    figures.forEach(
        (name, figure) ->
            assertThat(figure).as(name).isCloseTo(expected.get(name), within(ROUNDING)));
  }

  /** A batch in training as a whole, and in two parts. */
  private final class Cut {
    private static final long STEP = 11;
    final Bottled whole = bottleneck.apply(latents(7), Phase.train(STEP, 0));
    final Bottled first = bottleneck.apply(examples(latents(7), 0, CUT), Phase.train(STEP, 0));
    final Bottled second =
        bottleneck.apply(examples(latents(7), CUT, EXAMPLES), Phase.train(STEP, CUT));

    double share() {
      return (double) CUT / EXAMPLES;
    }
  }

  /** Whole numbers, such as counts, are exact. */
  private static void assertAlike(Statistics sum, Statistics whole) {
    assertThat(sum.sums()).hasSameSizeAs(whole.sums());
    for (int i = 0; i < whole.sums().length; i++) {
      double expected = whole.sums()[i];
      double tolerance = expected == Math.rint(expected) ? 0 : ROUNDING * (1 + Math.abs(expected));
      assertThat(sum.sums()[i]).isCloseTo(expected, within(tolerance));
    }
    assertThat(sum.rows()).isEqualTo(whole.rows());
    IntStream.range(0, 8)
        .filter(i -> !sum.part(i).isEmpty() || !whole.part(i).isEmpty())
        .forEach(i -> assertAlike(sum.part(i), whole.part(i)));
  }

  private static void assertSameResult(Bottled actual, Bottled expected) {
    assertThat(actual.codes()).isEqualTo(expected.codes());
    assertThatArray(actual.values()).isEqualToArray(expected.values());
    assertThat(actual.terms()).isEqualTo(expected.terms());
  }

  private static Scope scope(RandomStreams streams) {
    return Scope.root(streams).child(PLACE);
  }

  private static ParameterVector bound(Bottleneck bottleneck) {
    long length = ParameterVector.length(bottleneck.parameters(), DataType.FLOAT);
    ParameterVector vector =
        ParameterVector.bind(bottleneck.parameters(), viewOf(length), viewOf(length));
    vector.initialize(RandomStream.of(3, "contract"));
    return vector;
  }

  /** A zero vector in the middle of a larger array. */
  private static INDArray viewOf(long length) {
    INDArray larger = Nd4j.zeros(DataType.FLOAT, length + 48);
    return Nd4j.create(larger.data(), new long[] {length}, new long[] {1}, 16, 'c');
  }

  private static INDArray between(INDArray latents) {
    long[] shape = latents.shape();
    long one = latents.length() / shape[0];
    INDArray larger = Nd4j.zeros(DataType.FLOAT, latents.length() + 5 * one);
    INDArray view = Nd4j.create(larger.data(), shape, Nd4j.getStrides(shape, 'c'), 2 * one, 'c');
    return view.assign(latents);
  }

  private void train(Bottleneck trained) {
    for (int step = 0; step < STEPS; step++) {
      INDArray latents = latents(100 + step);
      if (trained.isObserving()) {
        trained.observe(latents);
      }
      Bottled result = trained.apply(latents, Phase.train(step, 0));
      result.pullback().apply(taskGradient(), 1);
      trained.update(result.statistics());
    }
  }

  /** {@code [N, 2, 2, inputDim]}, normal values. */
  final INDArray latents(long seed) {
    INDArray rows = random(RandomStream.of(seed, "latents"), bottleneck.inputDim());
    return rows.reshape(EXAMPLES, 2, 2, bottleneck.inputDim());
  }

  private static INDArray examples(INDArray latents, int from, int to) {
    return latents.get(NDArrayIndex.interval(from, to)).dup('c');
  }

  private static INDArray rows(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.interval(from, to)).dup('c');
  }

  private static int[] join(int[] one, int[] other) {
    return IntStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
  }

  private INDArray taskGradient() {
    return random(RandomStream.of(5, "task gradient"), bottleneck.outputDim());
  }

  private INDArray noTask() {
    return Nd4j.zeros(DataType.FLOAT, ROWS, bottleneck.outputDim());
  }

  private static INDArray random(RandomStream random, int dim) {
    float[] values = new float[ROWS * dim];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return FloatArrays.of(values, ROWS, dim);
  }
}
