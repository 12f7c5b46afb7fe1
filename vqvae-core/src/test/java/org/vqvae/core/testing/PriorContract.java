package org.vqvae.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Conditions;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Phase;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.Logits;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.nn.PriorNetwork.CodeStream;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;

/**
 * What holds for every prior: extend it, say how yours is made and what it can do, and each of its
 * promises is tested, for every shape of codes and every condition that it knows.
 *
 * <p>Networks are small and their parameters are what {@link Parameter#initialize} makes them, so
 * that nothing is trained.
 */
public abstract class PriorContract {
  private static final int CLASSES = 3;

  /** The prior under test. */
  protected abstract Prior prior(Kernels kernels);

  /** Whether codes change what is expected of later ones. */
  protected abstract boolean looksBack();

  /** Whether the class changes what is expected. */
  protected abstract boolean conditional();

  /** Whether the codes of coarser maps change what is expected. */
  protected boolean seesCoarser() {
    return false;
  }

  /** Whether it models several codebooks of a map; otherwise it must refuse them. */
  protected boolean severalCodebooks() {
    return false;
  }

  /** What it is to compute with: by default, what computes in DOUBLE too. */
  protected Kernels kernels() {
    return new NativeKernels();
  }

  /** The data type in which sums and gradients are checked to the last digits. */
  protected DataType precise() {
    return DataType.DOUBLE;
  }

  /** A grid that it can model; of more than three positions, so that "before" means something. */
  protected Grid grid() {
    return new Grid(3, 4);
  }

  /** A grid so small that all codes can be tried. */
  protected Grid tinyGrid() {
    return new Grid(2, 2);
  }

  /** The shapes of codes that it is tested with. */
  protected List<CodeShape> shapes() {
    return withTwoCodebooksIfItCan(CodeShape.of(grid(), 5), CodeShape.of(grid(), List.of(5, 3)));
  }

  /** Shapes of which there are some thousand different codes at most: all are tried. */
  protected List<CodeShape> tinyShapes() {
    return withTwoCodebooksIfItCan(
        CodeShape.of(tinyGrid(), 2), CodeShape.of(tinyGrid(), List.of(3, 2)));
  }

  private List<CodeShape> withTwoCodebooksIfItCan(CodeShape one, CodeShape two) {
    return severalCodebooks() ? List.of(one, two) : List.of(one);
  }

  /**
   * The conditions that it is built for with codes of that shape, the most last; it may ignore
   * them.
   */
  protected List<Conditions> conditions(CodeShape shape) {
    Conditions classes = Conditions.ofClasses(CLASSES);
    return List.of(Conditions.NONE, classes, classes.withCoarser(coarser(shape)));
  }

  /** A map of half the grid, with two codebooks. */
  private static CodeShape coarser(CodeShape shape) {
    int[] sizes = Arrays.stream(shape.map(0).grid().sizes()).map(size -> (size + 1) / 2).toArray();
    return new CodeShape(List.of(new CodeMap("coarser", new Grid(sizes), List.of(4, 2))));
  }

  /** Something to build a network for. */
  private record Case(CodeShape shape, Conditions conditions) {

    /** Random codes. */
    Codes codes(int examples, String name) {
      return random(shape, examples, name);
    }

    /** Classes in turn and random coarser codes, where the network is conditioned on them. */
    Condition condition(int examples) {
      int[] labels = IntStream.range(0, examples).map(i -> i % CLASSES).toArray();
      Condition condition = conditions.classes() == 0 ? Condition.NONE : Condition.ofLabels(labels);
      return conditions
          .coarser()
          .map(coarser -> condition.withCoarser(random(coarser, examples, "coarser")))
          .orElse(condition);
    }

    private static Codes random(CodeShape shape, int examples, String name) {
      return RandomCodes.of(shape, examples, RandomStream.of(11, name));
    }

    @Override
    public String toString() {
      return "%s, %d classes%s"
          .formatted(
              shape,
              conditions.classes(),
              conditions.coarser().map(coarser -> ", given " + coarser).orElse(""));
    }
  }

  private List<Case> cases(List<CodeShape> shapes) {
    return shapes.stream()
        .flatMap(shape -> conditions(shape).stream().map(it -> new Case(shape, it)))
        .toList();
  }

  private Stream<DynamicTest> inEveryCase(Consumer<Case> test) {
    return cases(shapes()).stream().map(it -> dynamicTest(it.toString(), () -> test.accept(it)));
  }

  private Case plain() {
    return cases(shapes()).get(0);
  }

  /** The case of a shape that has most conditions. */
  private Case conditioned(CodeShape shape) {
    List<Conditions> all = conditions(shape);
    return new Case(shape, all.get(all.size() - 1));
  }

  private PriorNetwork network(Case of, DataType type) {
    PriorNetwork network = build(of, "prior");
    ParameterVector.allocate(network.parameters(), type)
        .initialize(RandomStream.of(7, "parameters"));
    network.observe(of.codes(9, "observed"), of.condition(9));
    return network;
  }

  private PriorNetwork build(Case of, String place) {
    Scope scope = Scope.root(new RandomStreams(1)).child(place);
    return prior(kernels()).build(of.shape, of.conditions, scope);
  }

  /** The logits of every code, example after example in the order of the shape. */
  private static double[][] logits(PriorNetwork network, Codes codes, Condition condition) {
    List<double[][]> tables =
        network.logits(codes, condition, Phase.EVAL).tables().stream()
            .map(table -> table.castTo(DataType.DOUBLE).toDoubleMatrix())
            .toList();
    List<double[]> rows = new ArrayList<>();
    for (int n = 0; n < codes.examples(); n++) {
      int table = 0;
      for (CodeMap map : codes.shape().maps()) {
        for (int i = 0; i < map.codes(); i++) {
          int row = n * map.positions() + i / map.depth();
          rows.add(tables.get(table + i % map.depth())[row]);
        }
        table += map.depth();
      }
    }
    return rows.toArray(new double[0][]);
  }

  private static double[][] rows(double[][] logits, int from, int to) {
    return Arrays.copyOfRange(logits, from, to);
  }

  private static boolean same(double[][] some, double[][] others) {
    return Arrays.deepEquals(some, others);
  }

  @TestFactory
  Stream<DynamicTest>
      each_codebook_has_a_table_with_a_row_for_each_code_and_a_column_for_each_entry() {
    return inEveryCase(
        it -> {
          Logits logits =
              network(it, DataType.FLOAT).logits(it.codes(2, "a"), it.condition(2), Phase.EVAL);
          List<INDArray> tables = new ArrayList<>(logits.tables());
          for (CodeMap map : it.shape.maps()) {
            for (int size : map.codebookSizes()) {
              assertThatArray(tables.remove(0)).hasShape(2L * map.positions(), size).isFinite();
            }
          }
          assertThat(tables).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> no_logit_depends_on_its_own_or_a_later_code() {
    return inEveryCase(
        it -> {
          // Given the logits of some codes
          PriorNetwork network = network(it, DataType.FLOAT);
          int each = it.shape.codes();
          int[] codes = it.codes(2, "a").values();
          double[][] before = logits(network, Codes.of(it.shape, codes), it.condition(2));
          for (int changed = 0; changed < each; changed++) {
            // When one code of the first example is another one
            int[] other = codes.clone();
            other[changed] = (other[changed] + 1) % it.shape.codebookSize(changed);
            double[][] after = logits(network, Codes.of(it.shape, other), it.condition(2));
            // Then not a bit changes up to there, nor in the other example
            assertThat(same(rows(after, 0, changed + 1), rows(before, 0, changed + 1))).isTrue();
            assertThat(same(rows(after, each, 2 * each), rows(before, each, 2 * each))).isTrue();
            // And what comes later does, if the prior looks back
            if (changed + 1 < each) {
              assertThat(same(rows(after, changed + 1, each), rows(before, changed + 1, each)))
                  .as("looks back at no code %d", changed)
                  .isEqualTo(!looksBack());
            }
          }
        });
  }

  @Test
  void is_free_of_context_if_no_code_changes_what_is_expected_of_another() {
    assertThat(prior(kernels()).isContextFree()).isEqualTo(!looksBack());
  }

  @TestFactory
  Stream<DynamicTest> the_probabilities_of_all_codes_sum_to_one() {
    return cases(tinyShapes()).stream()
        .map(it -> dynamicTest(it.toString(), () -> assertProbabilitiesSumToOne(it)));
  }

  private void assertProbabilitiesSumToOne(Case it) {
    // Given all different codes of an example, each under the same condition
    int each = it.shape.codes();
    Codes all = all(it.shape);
    Condition one = it.condition(2).examples(1, 2);
    // When a prior looks at them
    double[][] logits = logits(network(it, precise()), all, repeated(one, all.examples()));
    // Then their probabilities are a distribution
    int[] codes = all.values();
    double sum = 0;
    for (int n = 0; n < all.examples(); n++) {
      double logProbability = 0;
      for (int i = n * each; i < (n + 1) * each; i++) {
        logProbability += logits[i][codes[i]] - logSumExp(logits[i]);
      }
      sum += Math.exp(logProbability);
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  /** All codes of a shape, counted like a number whose last digit is the first code. */
  private static Codes all(CodeShape shape) {
    int each = shape.codes();
    int count = IntStream.range(0, each).map(shape::codebookSize).reduce(1, Math::multiplyExact);
    int[] codes = new int[count * each];
    for (int n = 0; n < count; n++) {
      int left = n;
      for (int i = 0; i < each; i++) {
        codes[n * each + i] = left % shape.codebookSize(i);
        left /= shape.codebookSize(i);
      }
    }
    return Codes.of(shape, codes);
  }

  private static Condition repeated(Condition one, int examples) {
    Condition condition =
        one.hasLabels() ? Condition.ofLabel(one.label(0), examples) : Condition.NONE;
    return one.coarser()
        .map(
            codes ->
                condition.withCoarser(
                    Codes.concat(Stream.generate(() -> codes).limit(examples).toList())))
        .orElse(condition);
  }

  private static double logSumExp(double[] logits) {
    return Math.log(Arrays.stream(logits).map(Math::exp).sum());
  }

  @TestFactory
  Stream<DynamicTest> sampling_step_by_step_sees_the_logits_of_the_full_pass() {
    return inEveryCase(it -> assertStreamEqualsFullPass(it, DataType.FLOAT, 1e-4));
  }

  @TestFactory
  Stream<DynamicTest> sampling_step_by_step_sees_them_to_the_last_digits_of_a_float() {
    return inEveryCase(it -> assertStreamEqualsFullPass(it, precise(), 1e-6));
  }

  private void assertStreamEqualsFullPass(Case it, DataType type, double tolerance) {
    // Given the logits of the full pass
    int examples = 3;
    int each = it.shape.codes();
    PriorNetwork network = network(it, type);
    Codes codes = it.codes(examples, "a");
    double[][] full = logits(network, codes, it.condition(examples));
    // When the same codes are accepted one after another
    CodeStream stream = network.stream(examples, it.condition(examples));
    for (int index = 0; index < each; index++) {
      // Then each code's logits are those of the full pass, however often one asks
      assertRows(stream.next(), full, index, each, tolerance);
      assertRows(stream.next(), full, index, each, tolerance);
      stream.accept(column(codes, index));
    }
  }

  /** The code at one place of every example. */
  private static int[] column(Codes codes, int index) {
    int each = codes.shape().codes();
    int[] values = codes.values();
    return IntStream.range(0, codes.examples()).map(n -> values[n * each + index]).toArray();
  }

  private static void assertRows(
      float[] rows, double[][] full, int index, int each, double tolerance) {
    int examples = full.length / each;
    int size = full[index].length;
    assertThat(rows).hasSize(examples * size);
    for (int n = 0; n < examples; n++) {
      for (int code = 0; code < size; code++) {
        assertThat((double) rows[n * size + code])
            .as("example %d, code %d, logit %d", n, index, code)
            .isCloseTo(full[n * each + index][code], within(tolerance));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> a_stream_may_be_primed_with_codes_whose_logits_nobody_asked_for() {
    return inEveryCase(
        it -> {
          PriorNetwork network = network(it, DataType.FLOAT);
          Codes codes = it.codes(1, "a");
          double[][] full = logits(network, codes, it.condition(1));
          // When a stream accepts all codes but the last
          CodeStream stream = network.stream(1, it.condition(1));
          int last = it.shape.codes() - 1;
          for (int index = 0; index < last; index++) {
            stream.accept(column(codes, index));
          }
          // Then it knows what is expected of the last
          assertRows(stream.next(), full, last, last + 1, 1e-4);
        });
  }

  @Test
  void two_streams_do_not_disturb_each_other() {
    // Given two streams of one network that accepted different codes
    Case it = plain();
    PriorNetwork network = network(it, DataType.FLOAT);
    CodeStream one = network.stream(1, Condition.NONE);
    CodeStream two = network.stream(1, Condition.NONE);
    one.accept(new int[] {0});
    float[] alone = one.next().clone();
    two.accept(new int[] {it.shape.codebookSize(0) - 1});
    // When the second moves on
    two.next();
    // Then the first is where it was
    assertThat(one.next()).isEqualTo(alone);
  }

  @Test
  void a_stream_accepts_one_code_for_each_example() {
    CodeStream stream = network(plain(), DataType.FLOAT).stream(2, Condition.NONE);
    assertThatThrownBy(() -> stream.accept(new int[] {0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 examples");
  }

  @TestFactory
  Stream<DynamicTest> looking_at_codes_in_eval_changes_nothing() {
    return inEveryCase(
        it -> {
          // Given what a network expects of some codes
          PriorNetwork network = network(it, DataType.FLOAT);
          List<INDArray> values = values(network);
          double[][] before = logits(network, it.codes(2, "a"), it.condition(2));
          // When it looks at others, all at once and one after another
          logits(network, it.codes(3, "others"), it.condition(3));
          CodeStream stream = network.stream(2, it.condition(2));
          stream.accept(column(it.codes(2, "others"), 0));
          stream.next();
          // Then it expects the same, and every parameter is what it was
          assertThat(same(logits(network, it.codes(2, "a"), it.condition(2)), before)).isTrue();
          List<INDArray> after = values(network);
          for (int i = 0; i < values.size(); i++) {
            assertThatArray(after.get(i)).isEqualToArray(values.get(i));
          }
        });
  }

  private static List<INDArray> values(PriorNetwork network) {
    return network.parameters().stream().map(it -> it.value().dup()).toList();
  }

  @TestFactory
  Stream<DynamicTest> networks_of_equal_parameters_give_equal_logits() {
    return inEveryCase(
        it -> {
          Codes codes = it.codes(2, "a");
          double[][] first = logits(network(it, DataType.FLOAT), codes, it.condition(2));
          double[][] second = logits(network(it, DataType.FLOAT), codes, it.condition(2));
          assertThat(same(second, first)).isTrue();
        });
  }

  @TestFactory
  Stream<DynamicTest> observing_the_same_codes_again_changes_nothing() {
    return inEveryCase(
        it -> {
          PriorNetwork network = network(it, DataType.FLOAT);
          double[][] once = logits(network, it.codes(2, "a"), it.condition(2));
          network.observe(it.codes(9, "observed"), it.condition(9));
          assertThat(same(logits(network, it.codes(2, "a"), it.condition(2)), once)).isTrue();
        });
  }

  @TestFactory
  Stream<DynamicTest> parameters_are_named_after_the_place_of_the_network() {
    return inEveryCase(
        it -> {
          List<Parameter> parameters = build(it, "some/place").parameters();
          assumeFalse(parameters.isEmpty(), "it has no parameters");
          assertThat(parameters)
              .extracting(Parameter::name)
              .doesNotHaveDuplicates()
              .allMatch(name -> name.startsWith("some/place/"));
        });
  }

  @Test
  void the_class_changes_what_is_expected_if_the_prior_is_conditional() {
    Case it = conditioned(shapes().get(0));
    PriorNetwork network = network(it, DataType.FLOAT);
    // Given two examples of equal codes and coarser codes
    Condition two = repeated(it.condition(1), 2);
    Codes codes = Codes.concat(List.of(it.codes(1, "a"), it.codes(1, "a")));
    // When they are of two classes
    Condition classes = withLabels(two, 0, 1);
    double[][] logits = logits(network, codes, classes);
    // Then what is expected differs
    int each = it.shape.codes();
    assertThat(same(rows(logits, 0, each), rows(logits, each, 2 * each))).isEqualTo(!conditional());
  }

  private static Condition withLabels(Condition condition, int... labels) {
    Condition classes = Condition.ofLabels(labels);
    return condition.coarser().map(classes::withCoarser).orElse(classes);
  }

  @TestFactory
  Stream<DynamicTest> every_coarser_code_changes_what_is_expected_if_the_prior_sees_them() {
    return cases(shapes()).stream()
        .filter(it -> it.conditions.coarser().isPresent())
        .map(it -> dynamicTest(it.toString(), () -> assertSeesCoarserCodes(it)));
  }

  private void assertSeesCoarserCodes(Case it) {
    // Given what is expected after some coarser codes
    PriorNetwork network = network(it, DataType.FLOAT);
    Condition condition = it.condition(1);
    int[] coarser = condition.coarser().orElseThrow().values();
    CodeShape shape = it.conditions.coarser().orElseThrow();
    double[][] before = logits(network, it.codes(1, "a"), condition);
    for (int changed = 0; changed < coarser.length; changed++) {
      // When one of them is another
      int[] other = coarser.clone();
      other[changed] = (other[changed] + 1) % shape.codebookSize(changed);
      Condition changedCondition = condition.withCoarser(Codes.of(shape, other));
      double[][] after = logits(network, it.codes(1, "a"), changedCondition);
      // Then something else is expected, if the prior sees them
      assertThat(same(after, before))
          .as("coarser code %d makes no difference", changed)
          .isEqualTo(!seesCoarser());
    }
  }

  @Test
  void a_conditional_prior_asks_for_labels_that_exist() {
    assumeTrue(conditional(), "it ignores the class");
    Case it = new Case(shapes().get(0), Conditions.ofClasses(CLASSES));
    PriorNetwork network = network(it, DataType.FLOAT);
    Codes codes = it.codes(1, "a");
    assertThatThrownBy(() -> network.logits(codes, Condition.NONE, Phase.EVAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label");
    assertThatThrownBy(() -> network.stream(1, Condition.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label");
    assertThatThrownBy(() -> network.logits(codes, Condition.ofLabels(CLASSES), Phase.EVAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0..2");
  }

  @Test
  void a_prior_that_sees_coarser_codes_asks_for_those_that_it_was_built_for() {
    assumeTrue(seesCoarser(), "it ignores coarser codes");
    Case it = conditioned(shapes().get(0));
    PriorNetwork network = network(it, DataType.FLOAT);
    Codes codes = it.codes(2, "a");
    Condition labels = Condition.ofLabels(0, 1);
    Condition tooFew = labels.withCoarser(it.condition(1).coarser().orElseThrow());
    Condition others = labels.withCoarser(codes);
    for (Condition condition : List.of(labels, tooFew, others)) {
      assertThatThrownBy(() -> network.logits(codes, condition, Phase.EVAL))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("coarser codes");
    }
    assertThatThrownBy(() -> network.stream(2, labels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("coarser codes");
  }

  @Test
  void codes_of_another_shape_are_refused() {
    Case it = plain();
    PriorNetwork network = network(it, DataType.FLOAT);
    CodeShape larger = it.shape.onGrids(grid -> new Grid(doubled(grid)));
    assertThatThrownBy(
            () ->
                network.logits(
                    new Case(larger, Conditions.NONE).codes(1, "a"), Condition.NONE, Phase.EVAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(larger.map(0).toString());
  }

  private static int[] doubled(Grid grid) {
    return Arrays.stream(grid.sizes()).map(size -> 2 * size).toArray();
  }

  @Test
  void a_prior_that_cannot_do_several_codebooks_says_so_by_name() {
    assumeFalse(severalCodebooks(), "it can");
    Case two = new Case(CodeShape.of(grid(), List.of(5, 3)), Conditions.NONE);
    assertThatThrownBy(() -> build(two, "prior"))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageFindingMatch("prior \"[a-z0-9-]+\"");
  }

  @TestFactory
  Stream<DynamicTest> gradients_agree_with_finite_differences() {
    return Stream.concat(Stream.of(plain()), shapes().stream().map(this::conditioned))
        .map(it -> dynamicTest(it.toString(), () -> assertGradients(it)));
  }

  private void assertGradients(Case it) {
    // Given a network and a loss: the sum of its logits, each with a weight of its own
    PriorNetwork network = network(it, precise());
    List<Parameter> learned = network.parameters().stream().filter(Parameter::isLearned).toList();
    assumeFalse(learned.isEmpty(), "it learns nothing by gradient");
    Codes codes = it.codes(2, "a");
    Condition condition = it.condition(2);
    moveOffTheirStart(learned);
    List<INDArray> weights =
        network.logits(codes, condition, Phase.EVAL).tables().stream()
            .map(table -> Slopes.random(precise(), "weights", table.shape()))
            .toList();
    // When it passes the loss's gradient back, and had another gradient left from before
    learned.forEach(parameter -> parameter.gradient().assign(3));
    network.logits(codes, condition, Phase.TRAIN);
    network.backward(new Logits(weights.stream().map(INDArray::dup).toList()));
    // Then values picked from every parameter have the slope of the loss
    new Slopes(() -> loss(network.logits(codes, condition, Phase.EVAL), weights))
        .agreeWith(learned);
  }

  private static double loss(Logits logits, List<INDArray> weights) {
    return IntStream.range(0, weights.size())
        .mapToDouble(i -> logits.tables().get(i).mul(weights.get(i)).sumNumber().doubleValue())
        .sum();
  }

  /** A ReLU that starts at exactly 0 has no slope to compare with. */
  private static void moveOffTheirStart(List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      INDArray value = parameter.value();
      value.addi(Slopes.random(value.dataType(), parameter.name(), value.shape()).muli(0.1));
    }
  }
}
