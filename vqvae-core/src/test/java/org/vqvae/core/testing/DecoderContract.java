package org.vqvae.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Likelihood.Scored;
import org.vqvae.core.Medium;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.Term;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;

/**
 * What holds for every {@link Decoder}: extend it, and say how yours is made, as small as can be.
 */
public abstract class DecoderContract {
  private static final int LATENT_DIM = 3;
  private static final double DATA_VARIANCE = 0.2;

  /** The decoder under test. */
  protected abstract Decoder decoder(Kernels kernels);

  /** Small data that it makes. */
  protected abstract DataSpec data();

  /** The grid of the latents that it makes such data of. */
  protected abstract Grid latentGrid();

  /**
   * Whether it is built to fit its medium alone. A network that somebody else has designed is not:
   * it makes what it was designed for.
   */
  protected boolean isBuiltToFit() {
    return true;
  }

  /** A network whose parameters have their first values, and what it is given. */
  private final class Built {
    final DecoderNetwork network = build(data(), latentGrid());
    final ParameterVector parameters;
    final DataType type;

    Built(DataType type) {
      this.type = type;
      this.parameters = ParameterVector.allocate(network.parameters(), type);
      parameters.initialize(RandomStream.of(7, "parameters"));
    }

    /** Another network with the same parameters. */
    Built(Built other) {
      this.type = other.type;
      this.parameters = ParameterVector.share(other.parameters, network.parameters());
    }

    INDArray latents(String name, int count) {
      return Slopes.random(type, name, latentGrid().arrayShape(count, LATENT_DIM));
    }

    INDArray examples(String name, int count) {
      return Slopes.random(type, name, data().batchShape(count)).muli(0.2);
    }

    INDArray predict(INDArray latents, INDArray x) {
      return network.forward(latents, x, condition((int) latents.size(0)), Phase.EVAL);
    }

    INDArray train(INDArray latents, INDArray x) {
      return network.forward(latents, x, condition((int) latents.size(0)), Phase.TRAIN);
    }
  }

  private DecoderNetwork build(DataSpec data, Grid latentGrid) {
    return decoder(new NativeKernels()).build(data, latentGrid, LATENT_DIM, scope("decoder"));
  }

  private static Scope scope(String place) {
    return Scope.root(new RandomStreams(1)).child(place);
  }

  /** Of examples whose classes take turns. */
  private Condition condition(int count) {
    int classes = data().classes().size();
    return classes == 0
        ? Condition.NONE
        : Condition.ofLabels(IntStream.range(0, count).map(i -> i % classes).toArray());
  }

  private Likelihood likelihood() {
    return decoder(new NativeKernels()).likelihood(DATA_VARIANCE);
  }

  @Test
  void predictions_are_the_parameters_of_the_likelihood_of_every_position() {
    Built built = new Built(DataType.FLOAT);
    INDArray prediction = built.predict(built.latents("z", 2), built.examples("x", 2));
    int parameters = likelihood().parameters(data().channels());
    assertThatArray(prediction).hasShape(data().grid().arrayShape(2, parameters)).isFinite();
    assertThatArray(likelihood().mean(prediction)).hasShape(data().batchShape(2)).isFinite();
  }

  @Test
  void latents_of_another_grid_are_refused() {
    for (int dimension = 0; dimension < latentGrid().rank(); dimension++) {
      int[] sizes = latentGrid().sizes();
      sizes[dimension]++;
      assertThatThrownBy(() -> build(data(), new Grid(sizes)))
          .isInstanceOf(IncompatibleException.class);
    }
  }

  @Test
  void another_medium_is_refused() {
    assumeTrue(isBuiltToFit(), "it makes what it was designed for");
    DataSpec other =
        new DataSpec(new Medium("another", 1), data().grid(), data().channels(), List.of(), 0);
    assertThatThrownBy(() -> build(other, latentGrid())).isInstanceOf(IncompatibleException.class);
  }

  @Test
  void parameters_are_named_by_the_place() {
    DecoderNetwork network =
        decoder(new NativeKernels())
            .build(data(), latentGrid(), LATENT_DIM, scope("bottom/decoder"));
    assertThat(network.parameters())
        .extracting(Parameter::name)
        .allMatch(it -> it.startsWith("bottom/decoder/"));
  }

  @Test
  void no_prediction_depends_on_its_own_or_a_later_value() {
    // Given predictions for some data
    Built built = new Built(DataType.FLOAT);
    INDArray latents = built.latents("z", 1);
    INDArray x = built.examples("x", 1);
    int positions = data().grid().positions();
    float[][] before = rows(built.predict(latents, x), positions);
    for (int changed = 0; changed < positions; changed += Math.max(1, positions / 5)) {
      // When the values of one position are others
      INDArray other = x.dup();
      INDArray rows = other.reshape(positions, data().channels());
      rows.getRow(changed).addi(0.5);
      // Then nothing that comes up to there is predicted differently
      float[][] after = rows(built.predict(latents, other), positions);
      assertThat(Arrays.copyOf(after, changed + 1))
          .isDeepEqualTo(Arrays.copyOf(before, changed + 1));
    }
  }

  private static float[][] rows(INDArray prediction, int positions) {
    return prediction.dup('c').reshape(positions, -1).toFloatMatrix();
  }

  @Test
  void the_latents_change_what_is_predicted() {
    Built built = new Built(DataType.FLOAT);
    INDArray x = built.examples("x", 1);
    INDArray one = built.predict(built.latents("one", 1), x).dup();
    INDArray two = built.predict(built.latents("two", 1), x);
    assertThat(one.sub(two).amaxNumber().doubleValue()).isPositive();
  }

  @Test
  void the_same_parameters_and_latents_give_the_same_bits() {
    Built built = new Built(DataType.FLOAT);
    INDArray latents = built.latents("z", 2);
    INDArray x = built.examples("x", 2);
    INDArray first = built.predict(latents, x).dup();
    built.train(built.latents("between", 3), built.examples("between", 3));
    assertThatArray(built.predict(latents, x)).isEqualToArray(first);
    assertThatArray(new Built(DataType.FLOAT).predict(latents, x)).isEqualToArray(first);
  }

  @Test
  void nothing_disturbs_an_evaluation_at_drawn_latents() {
    Built built = new Built(DataType.FLOAT);
    INDArray latents = built.latents("z", 2);
    INDArray x = built.examples("x", 2);
    INDArray expected = built.predict(latents, x).dup();
    assertThatArray(built.network.forward(latents, x, condition(2), Phase.drawn(3)))
        .isEqualToArray(expected);
  }

  @Test
  void evaluation_leaves_parameters_latents_and_data_as_they_were() {
    Built built = new Built(DataType.FLOAT);
    INDArray latents = built.latents("z", 2);
    INDArray x = built.examples("x", 2);
    INDArray parameters = built.parameters.values().dup();
    INDArray latentsBefore = latents.dup();
    INDArray before = x.dup();
    built.predict(latents, x);
    assertThatArray(latents).isEqualToArray(latentsBefore);
    assertThatArray(x).isEqualToArray(before);
    assertThatArray(built.parameters.values()).isEqualToArray(parameters);
  }

  /** A bottleneck computes its gradient from the values that it gave the decoder. */
  @Test
  void a_pass_forward_and_back_leaves_latents_and_data_as_they_were() {
    // Given
    Built built = new Built(DataType.FLOAT);
    INDArray latents = built.latents("z", 2);
    INDArray x = built.examples("x", 2);
    INDArray latentsBefore = latents.dup();
    INDArray dataBefore = x.dup();
    // When
    INDArray prediction = built.train(latents, x);
    built.network.backward(Slopes.random(DataType.FLOAT, "weights", prediction.shape()));
    // Then
    assertThatArray(latents).isEqualToArray(latentsBefore);
    assertThatArray(x).isEqualToArray(dataBefore);
  }

  @Test
  void gradients_agree_with_finite_differences() {
    // Given a loss: the sum of the predictions, each with a weight of its own
    Built built = new Built(DataType.DOUBLE);
    // away from zero biases, with which a ReLU behind a ReLU sits exactly on its kink
    built
        .network
        .parameters()
        .forEach(it -> it.value().addi(Slopes.random(it.name(), it.shape()).muli(0.1)));
    INDArray latents = built.latents("z", 2);
    INDArray x = built.examples("x", 2);
    INDArray weights = Slopes.random("weights", built.train(latents, x).shape());
    // When its gradient is passed back, over that of an earlier pass
    built.parameters.gradients().assign(3);
    INDArray latentsGradient = built.network.backward(weights.dup()).dup();
    // Then it is the slope
    Slopes slopes =
        new Slopes(() -> built.train(latents, x).mul(weights).sumNumber().doubleValue());
    slopes.agreeWith(built.network.parameters());
    slopes.agreeWith("latents", latents, latentsGradient);
  }

  @Test
  void the_likelihood_s_gradient_agrees_with_finite_differences() {
    Built built = new Built(DataType.DOUBLE);
    INDArray x = built.examples("x", 2);
    INDArray prediction = built.predict(built.latents("z", 2), x).dup();
    Likelihood likelihood = likelihood();
    // When
    INDArray gradient = likelihood.score(prediction, x).gradient().dup();
    // Then
    new Slopes(() -> loss(likelihood.score(prediction, x)))
        .agreeWith("prediction", prediction, gradient);
  }

  private static double loss(Scored scored) {
    return scored.terms().stream().mapToDouble(Term::weighted).sum();
  }

  @Test
  void the_first_term_of_the_loss_is_the_negative_log_likelihood() {
    Built built = new Built(DataType.FLOAT);
    INDArray x = built.examples("x", 2);
    INDArray prediction = built.predict(built.latents("z", 2), x).dup();
    double nats = likelihood().nats(prediction, x);
    assertThat(nats).isFinite();
    assertThat(likelihood().score(prediction, x).terms().get(0)).isEqualTo(Likelihood.nll(nats));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, 1e-5", "DOUBLE, 1e-12"})
  void gradients_of_parts_of_a_batch_add_to_those_of_the_whole(DataType type, double tolerance) {
    // Given the gradient of the loss, a mean over three examples
    Built built = new Built(type);
    INDArray latents = built.latents("z", 3);
    INDArray x = built.examples("x", 3);
    INDArray latentsGradient = step(built, latents, x, 0);
    INDArray whole = built.parameters.gradients().dup();
    // When one network computes that of the first example, another one that of the others
    INDArray first = step(built, part(latents, 0, 1), part(x, 0, 1), 0);
    INDArray one = built.parameters.gradients().dup();
    Built copy = new Built(built);
    INDArray second = step(copy, part(latents, 1, 3), part(x, 1, 3), 1);
    INDArray others = copy.parameters.gradients().dup();
    // Then both, weighted by their examples, are that of the whole
    assertAgree(one.div(3).addi(others.mul(2).divi(3)), whole, tolerance);
    INDArray both = Nd4j.concat(0, first.div(3), second.mul(2).divi(3));
    assertAgree(both, latentsGradient, tolerance);
  }

  private static void assertAgree(INDArray actual, INDArray expected, double tolerance) {
    assertThatArray(actual).isCloseTo(expected, tolerance * expected.amaxNumber().doubleValue());
  }

  /** Sets the gradient of every parameter; returns that of the latents. */
  private INDArray step(Built built, INDArray latents, INDArray x, int firstExample) {
    int end = firstExample + (int) latents.size(0);
    Condition condition = condition(end).examples(firstExample, end);
    Phase phase = Phase.train(4, firstExample);
    INDArray prediction = built.network.forward(latents, x, condition, phase);
    return built.network.backward(likelihood().score(prediction, x).gradient()).dup();
  }

  private static INDArray part(INDArray batch, int from, int to) {
    return batch.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()).dup('c');
  }

  @Test
  void latents_beyond_its_reach_do_not_influence_a_value() {
    int reach = decoder(new NativeKernels()).latentReach();
    assumeTrue(reach < 100, "sees any distance");
    // Given a prediction from more latents than the decoder sees
    DataSpec data = data().withGrid(longer(data().grid(), reach + 2));
    Grid latentGrid = longer(latentGrid(), reach + 2);
    DecoderNetwork network = build(data, latentGrid);
    ParameterVector.allocate(network.parameters(), DataType.DOUBLE)
        .initialize(RandomStream.of(7, "parameters"));
    INDArray latents = Slopes.random("z", latentGrid.arrayShape(1, LATENT_DIM));
    INDArray x = Slopes.random("x", data.batchShape(1));
    double[] before =
        network.forward(latents, x, condition(1), Phase.EVAL).dup('c').data().asDouble();
    // When the last row of latents is another one
    long row = latents.length() / latentGrid.size(0);
    INDArray flat = latents.reshape(latents.length());
    flat.get(NDArrayIndex.interval(flat.length() - row, flat.length())).addi(1);
    // Then values change, as far as the reach and no farther
    double[] after =
        network.forward(latents, x, condition(1), Phase.EVAL).dup('c').data().asDouble();
    int perRow = after.length / latentGrid.size(0);
    int changed = Arrays.mismatch(before, after);
    assertThat(changed).isBetween(after.length - (reach + 1) * perRow, after.length - 1);
  }

  private static Grid longer(Grid grid, int times) {
    int[] sizes = grid.sizes();
    sizes[0] *= times;
    return new Grid(sizes);
  }

  @Test
  void the_same_random_stream_gives_the_same_data() {
    Built built = new Built(DataType.FLOAT);
    INDArray latents = built.latents("z", 2);
    INDArray one = generate(built, latents);
    assertThatArray(one).hasShape(data().batchShape(2)).isFinite();
    assertThatArray(generate(built, latents)).isEqualToArray(one);
  }

  private INDArray generate(Built built, INDArray latents) {
    return built.network.generate(
        latents, condition(2), likelihood(), RandomStream.of(1, "generation"));
  }

  @Test
  void classes_matter_if_and_only_if_it_is_conditioned_on_them() {
    Built built = new Built(DataType.FLOAT);
    assumeTrue(data().classes().size() > 1, "the data has no two classes");
    INDArray latents = built.latents("z", 1);
    INDArray x = built.examples("x", 1);
    INDArray first = built.network.forward(latents, x, Condition.ofLabels(0), Phase.EVAL).dup();
    INDArray second = built.network.forward(latents, x, Condition.ofLabels(1), Phase.EVAL);
    boolean same = first.equalsWithEps(second, 0);
    assertThat(same).isEqualTo(built.network.classes() == 0);
  }
}
