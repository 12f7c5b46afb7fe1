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
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Medium;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;

/**
 * What holds for every {@link Encoder}: extend it, and say how yours is made, as small as can be.
 */
public abstract class EncoderContract {
  private static final int LATENT_DIM = 3;

  /** The encoder under test. */
  protected abstract Encoder encoder(Kernels kernels);

  /** Small data that it takes. */
  protected abstract DataSpec data();

  /**
   * Whether it is built to fit: for its medium alone, with any number of channels, and for latents
   * of any length. A network that somebody else has designed is not: it takes what it was designed
   * for.
   */
  protected boolean isBuiltToFit() {
    return true;
  }

  /** A network whose parameters have their first values. */
  private record Built(Block block, ParameterVector parameters) {}

  private Built build(DataType type) {
    return build(data(), LATENT_DIM, type);
  }

  private Built build(DataSpec data, int latentDim, DataType type) {
    Block block = encoder(new NativeKernels()).build(data, latentDim, scope());
    ParameterVector parameters = ParameterVector.allocate(block.parameters(), type);
    parameters.initialize(RandomStream.of(7, "parameters"));
    return new Built(block, parameters);
  }

  private static Scope scope() {
    return Scope.root(new RandomStreams(1)).child("encoder");
  }

  private INDArray examples(DataType type, String name, int count) {
    return Slopes.random(type, name, data().batchShape(count));
  }

  @Test
  void latents_have_the_grid_that_was_promised_and_the_dimension_that_was_requested() {
    Grid grid = encoder(new NativeKernels()).latentGrid(data());
    for (int latentDim : isBuiltToFit() ? new int[] {1, LATENT_DIM, 8} : new int[] {LATENT_DIM}) {
      Block block = build(data(), latentDim, DataType.FLOAT).block;
      INDArray latents = block.forward(examples(DataType.FLOAT, "a", 2), Phase.EVAL);
      assertThatArray(latents).hasShape(grid.arrayShape(2, latentDim)).isFinite();
    }
  }

  @Test
  void any_size_is_refused_or_gives_the_latents_that_were_promised() {
    for (int size = 1; size <= 20; size++) {
      int[] sizes = IntStream.generate(() -> 1).limit(data().grid().rank()).toArray();
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = size;
      }
      DataSpec sized = data().withGrid(new Grid(sizes));
      Grid promised;
      try {
        promised = encoder(new NativeKernels()).latentGrid(sized);
      } catch (IncompatibleException e) {
        assertThat(e).hasMessageContaining(sized.grid().toString());
        continue;
      }
      INDArray latents =
          build(sized, LATENT_DIM, DataType.FLOAT)
              .block
              .forward(Slopes.random(DataType.FLOAT, "a", sized.batchShape(1)), Phase.EVAL);
      assertThatArray(latents).hasShape(promised.arrayShape(1, LATENT_DIM));
    }
  }

  @Test
  void another_medium_is_refused() {
    assumeTrue(isBuiltToFit(), "it takes what it was designed for");
    DataSpec other =
        new DataSpec(new Medium("another", 1), data().grid(), data().channels(), List.of(), 0);
    assertThatThrownBy(() -> encoder(new NativeKernels()).latentGrid(other))
        .isInstanceOf(IncompatibleException.class);
  }

  @Test
  void features_of_its_medium_are_data_too() {
    assumeTrue(isBuiltToFit(), "it takes what it was designed for");
    // Given features of the same grid, as another encoder gives them
    DataSpec features = data().ofFeatures(data().grid(), 5);
    // When
    Block block = build(features, LATENT_DIM, DataType.FLOAT).block;
    INDArray x = Slopes.random(DataType.FLOAT, "features", features.batchShape(2));
    // Then
    assertThatArray(block.forward(x, Phase.EVAL))
        .hasShape(encoder(new NativeKernels()).latentGrid(features).arrayShape(2, LATENT_DIM))
        .isFinite();
  }

  @Test
  void parameters_are_named_by_the_place() {
    Block block =
        encoder(new NativeKernels())
            .build(data(), LATENT_DIM, Scope.root(new RandomStreams(1)).child("top/encoder"));
    assertThat(block.parameters())
        .extracting(Parameter::name)
        .allMatch(it -> it.startsWith("top/encoder/"));
  }

  @Test
  void an_example_is_encoded_alike_alone_and_beside_others() {
    Block block = build(DataType.DOUBLE).block;
    INDArray three = examples(DataType.DOUBLE, "a", 3);
    INDArray together = row(block.forward(three, Phase.EVAL), 1);
    INDArray alone = block.forward(row(three, 1), Phase.EVAL);
    assertThatArray(alone).isCloseTo(together, 1e-12);
  }

  @Test
  void the_same_parameters_and_data_give_the_same_bits() {
    INDArray x = examples(DataType.FLOAT, "a", 2);
    Block block = build(DataType.FLOAT).block;
    INDArray first = block.forward(x, Phase.EVAL).dup();
    block.forward(examples(DataType.FLOAT, "between", 3), Phase.TRAIN);
    assertThatArray(block.forward(x, Phase.EVAL)).isEqualToArray(first);
    assertThatArray(block.forward(x, Phase.drawn(3))).isEqualToArray(first);
    assertThatArray(build(DataType.FLOAT).block.forward(x, Phase.EVAL)).isEqualToArray(first);
  }

  @Test
  void two_networks_of_one_encoder_share_nothing() {
    // Given
    Encoder encoder = encoder(new NativeKernels());
    Block one = encoder.build(data(), LATENT_DIM, scope());
    Block two = encoder.build(data(), LATENT_DIM, scope());
    for (Block block : List.of(one, two)) {
      ParameterVector.allocate(block.parameters(), DataType.FLOAT)
          .initialize(RandomStream.of(7, "parameters"));
    }
    INDArray x = examples(DataType.FLOAT, "a", 2);
    INDArray latents = one.forward(x, Phase.EVAL);
    INDArray before = latents.dup();
    // When the other one is changed and used
    two.parameters().forEach(parameter -> parameter.value().assign(0));
    two.forward(x, Phase.EVAL);
    // Then
    assertThatArray(latents).isEqualToArray(before);
    assertThatArray(one.forward(x, Phase.EVAL)).isEqualToArray(before);
  }

  @Test
  void evaluation_leaves_parameters_and_data_as_they_were() {
    Built built = build(DataType.FLOAT);
    INDArray x = examples(DataType.FLOAT, "a", 2);
    INDArray data = x.dup();
    INDArray parameters = built.parameters.values().dup();
    built.block.forward(x, Phase.EVAL);
    assertThatArray(x).isEqualToArray(data);
    assertThatArray(built.parameters.values()).isEqualToArray(parameters);
  }

  @Test
  void gradients_agree_with_finite_differences() {
    // Given a loss: the sum of the latents, each with a weight of its own
    Built built = build(DataType.DOUBLE);
    // away from zero biases, with which a ReLU behind a ReLU sits exactly on its kink
    built
        .block
        .parameters()
        .forEach(it -> it.value().addi(Slopes.random(it.name(), it.shape()).muli(0.1)));
    INDArray x = examples(DataType.DOUBLE, "a", 2);
    INDArray weights = Slopes.random("weights", built.block.forward(x, Phase.TRAIN).shape());
    // When its gradient is passed back, over that of an earlier pass
    built.parameters.gradients().assign(3);
    INDArray xGradient = built.block.backward(weights.dup()).dup();
    // Then it is the slope
    Slopes slopes =
        new Slopes(
            () -> built.block.forward(x, Phase.TRAIN).mul(weights).sumNumber().doubleValue());
    slopes.agreeWith(built.block.parameters());
    slopes.agreeWith("data", x, xGradient);
  }

  @Test
  void the_gradients_of_parameters_are_the_same_without_that_of_the_data() {
    Built built = build(DataType.FLOAT);
    INDArray x = examples(DataType.FLOAT, "a", 2);
    INDArray weights =
        Slopes.random(DataType.FLOAT, "weights", built.block.forward(x, Phase.TRAIN).shape());
    built.block.backward(weights.dup());
    List<INDArray> all = gradients(built);
    built.block.forward(x, Phase.TRAIN);
    built.block.backwardParametersOnly(weights.dup());
    List<INDArray> withoutData = gradients(built);
    for (int i = 0; i < all.size(); i++) {
      assertThatArray(withoutData.get(i)).isEqualToArray(all.get(i));
    }
  }

  private static List<INDArray> gradients(Built built) {
    return built.block.parameters().stream()
        .filter(Parameter::isLearned)
        .map(parameter -> parameter.gradient().dup())
        .toList();
  }

  private static INDArray row(INDArray batch, int index) {
    return rows(batch, index, index + 1);
  }

  private static INDArray rows(INDArray batch, int from, int to) {
    return batch.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()).dup('c');
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, 1e-5", "DOUBLE, 1e-12"})
  void gradients_of_parts_of_a_batch_add_to_those_of_the_whole(DataType type, double tolerance) {
    // Given the gradient of a loss: the mean over three examples of their latents' weighted sum
    Built built = build(type);
    INDArray x = examples(type, "a", 3);
    INDArray weights = Slopes.random(type, "weights", built.block.forward(x, Phase.TRAIN).shape());
    built.block.backward(weights.div(3));
    INDArray whole = built.parameters.gradients().dup();
    // When one network computes that of the first example, another one that of the others
    INDArray one = partGradient(built, rows(x, 0, 1), rows(weights, 0, 1), 0);
    INDArray others = partGradient(sharing(built), rows(x, 1, 3), rows(weights, 1, 3), 1);
    // Then both, weighted by their examples, are that of the whole
    INDArray sum = one.div(3).addi(others.mul(2).divi(3));
    assertThatArray(sum).isCloseTo(whole, tolerance * whole.amaxNumber().doubleValue());
  }

  /** The parameters' gradient of the mean over the examples of a part. */
  private static INDArray partGradient(Built built, INDArray x, INDArray weights, int first) {
    built.block.forward(x, Phase.train(0, first));
    built.block.backward(weights.div(x.size(0)));
    return built.parameters.gradients().dup();
  }

  /** Another network with the same parameters. */
  private Built sharing(Built built) {
    Block block = encoder(new NativeKernels()).build(data(), LATENT_DIM, scope());
    return new Built(block, ParameterVector.share(built.parameters, block.parameters()));
  }

  @Test
  void data_beyond_its_reach_does_not_influence_a_latent() {
    int reach = encoder(new NativeKernels()).dataReach();
    assumeTrue(reach < 100, "sees any distance");
    // Given the latents of an example that is longer than the encoder sees
    int rows = encoder(new NativeKernels()).latentGrid(data()).size(0);
    int[] sizes = data().grid().sizes();
    sizes[0] *= reach + 2;
    DataSpec larger = data().withGrid(new Grid(sizes));
    Block block = build(larger, LATENT_DIM, DataType.DOUBLE).block;
    INDArray x = Slopes.random("x", larger.batchShape(1));
    double[] before = block.forward(x, Phase.EVAL).dup('c').data().asDouble();
    // When the last row of latents' worth of data is other data
    long row = x.length() / (rows * (reach + 2L));
    INDArray flat = x.reshape(x.length());
    flat.get(NDArrayIndex.interval(x.length() - row, x.length())).addi(1);
    // Then latents change, as far as the reach and no farther
    double[] after = block.forward(x, Phase.EVAL).dup('c').data().asDouble();
    int perRow = after.length / (rows * (reach + 2));
    int changed = Arrays.mismatch(before, after);
    assertThat(changed).isBetween(after.length - (reach + 1) * perRow, after.length - 1);
  }
}
