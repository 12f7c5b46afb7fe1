package org.vqvae.core.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.vqvae.core.Phase;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.store.NamedArrays;
import org.vqvae.core.store.Safetensors;
import org.vqvae.core.testing.Slopes;

class Dl4jBlockTest {
  private static final long[] SHAPE = {4, 8, 12, 2};

  @Test
  void a_graph_with_a_skip_connection_has_the_gradients_of_finite_differences() {
    // Given
    INDArray x = Slopes.random("x", SHAPE);
    Built built = Built.of(Dl4jNetwork.of(Networks.residualEncoder()), DataType.DOUBLE, x);
    INDArray weights = Slopes.random("weights", built.evaluate(x).shape());
    // When
    built.block().forward(x, Phase.TRAIN);
    INDArray gradient = built.block().backward(weights.dup()).dup();
    // Then
    Slopes slopes =
        new Slopes(
            () -> built.block().forward(x, Phase.TRAIN).mul(weights).sumNumber().doubleValue());
    slopes.agreeWith("x", x, gradient);
    slopes.agreeWith(built.block().parameters());
  }

  @Test
  void a_graph_with_a_skip_connection_has_them_in_float_too() {
    INDArray x = Slopes.random(DataType.FLOAT, "x", SHAPE);
    Built built = Built.of(Dl4jNetwork.of(Networks.residualEncoder()), DataType.FLOAT, x);
    INDArray weights = Slopes.random(DataType.FLOAT, "weights", built.evaluate(x).shape());
    built.block().forward(x, Phase.TRAIN);
    INDArray gradient = built.block().backward(weights.dup()).dup();
    // a sum of 288 terms in FLOAT is right to 1e-5, so a difference over 2e-2 to 1e-3
    Slopes slopes =
        new Slopes(
                () -> built.block().forward(x, Phase.TRAIN).mul(weights).sumNumber().doubleValue())
            .withStep(1e-2)
            .withTolerance(2e-3, 2e-3);
    slopes.agreeWith("x", x, gradient);
    slopes.agreeWith(built.block().parameters());
  }

  @Test
  void computes_what_dl4j_computes_on_channels_first() {
    // Given pictures whose height, width and channels differ
    MultiLayerNetwork network = new MultiLayerNetwork(Networks.encoder());
    network.init();
    INDArray x = Slopes.random(DataType.FLOAT, "x", SHAPE);
    // When
    INDArray latents = Built.of(Dl4jNetwork.of(network), DataType.FLOAT, x).evaluate(x);
    // Then
    INDArray expected = network.output(x.permute(0, 3, 1, 2).dup('c')).permute(0, 2, 3, 1);
    assertThatArray(latents).hasShape(4, 4, 6, 3).isCloseTo(expected, 1e-6);
  }

  @Test
  void a_graph_with_a_skip_connection_evaluates_as_it_trains() {
    INDArray x = Slopes.random(DataType.FLOAT, "x", SHAPE);
    Built built = Built.of(Dl4jNetwork.of(Networks.residualEncoder()), DataType.FLOAT, x);
    assertThatArray(built.evaluate(x)).isEqualToArray(built.block().forward(x, Phase.TRAIN));
  }

  @Test
  void parameters_are_named_after_their_layers() {
    INDArray x = Slopes.random(DataType.FLOAT, "x", SHAPE);
    Built built = Built.of(Dl4jNetwork.of(Networks.encoder()), DataType.FLOAT, x);
    assertThat(built.block().parameters())
        .extracting(Parameter::toString)
        .containsExactly(
            "encoder/down/b[5]",
            "encoder/down/w[5, 2, 4, 4]",
            "encoder/to-latents/b[3]",
            "encoder/to-latents/w[3, 5, 1, 1]");
  }

  @Test
  void two_parts_of_a_batch_add_up_to_the_whole() {
    // Given the gradient of a whole batch
    INDArray x = Slopes.random(DataType.FLOAT, "x", SHAPE);
    Built built = Built.of(Dl4jNetwork.of(Networks.residualEncoder()), DataType.FLOAT, x);
    INDArray output = built.block().forward(x, Phase.train(5, 0)).dup('c');
    INDArray weights = Slopes.random(DataType.FLOAT, "weights", output.shape());
    built.block().backward(weights.dup());
    INDArray whole = built.parameters().gradients().dup();
    // When it is cut behind the first example
    INDArray first = part(built, x, weights, 0, 1);
    INDArray second = part(built, x, weights, 1, 4);
    // Then
    assertThatArray(first.add(second)).isCloseTo(whole, 1e-4, 1e-5);
    assertThatArray(built.evaluate(rows(x, 1, 4))).isCloseTo(rows(output, 1, 4), 1e-6);
  }

  private static INDArray part(Built built, INDArray x, INDArray weights, int from, int to) {
    built.block().forward(rows(x, from, to), Phase.train(5, from));
    built.block().backward(rows(weights, from, to));
    return built.parameters().gradients().dup();
  }

  private static INDArray rows(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.interval(from, to)).dup('c');
  }

  @Test
  void weights_that_steps_changed_and_a_file_kept_are_what_a_fresh_block_computes_with(
      @TempDir Path folder) {
    // Given
    INDArray x = Slopes.random(DataType.FLOAT, "x", SHAPE);
    Built trained = Built.of(Dl4jNetwork.of(Networks.encoder()), DataType.FLOAT, x);
    Built fresh = Built.of(Dl4jNetwork.of(Networks.encoder()), DataType.FLOAT, x);
    INDArray before = fresh.evaluate(x);
    trained.parameters().values().muli(1.5);
    // When
    Path file = folder.resolve("weights.safetensors");
    Safetensors.write(file, NamedArrays.of(trained.block().parameters()));
    NamedArrays.load(fresh.block().parameters(), Safetensors.read(file).arrays(), "the file");
    // Then
    assertThatArray(fresh.evaluate(x)).isEqualToArray(trained.evaluate(x));
    assertThat(fresh.evaluate(x).equalsWithEps(before, 1e-3)).isFalse();
  }

  @Test
  void first_values_are_dl4j_s_own_and_follow_from_the_experiment_s_seed_and_the_place() {
    INDArray x = Slopes.random(DataType.FLOAT, "x", SHAPE);
    Dl4jNetwork network = Dl4jNetwork.of(Networks.encoder());
    INDArray one = Built.of(network, DataType.FLOAT, x).parameters().values();
    INDArray two = Built.of(network, DataType.FLOAT, x).parameters().values();
    Dl4jBlock elsewhere =
        new Dl4jBlock(network, network.form(Networks.grid(x), 2), Built.scope().child("other"));
    INDArray other = Built.of(elsewhere, DataType.FLOAT).parameters().values();
    assertThatArray(one).isEqualToArray(two).isFinite();
    assertThat(one.norm2Number().doubleValue()).isGreaterThan(1);
    assertThat(other.equalsWithEps(one, 1e-3)).isFalse();
  }

  @Test
  void blocks_of_one_network_share_nothing() {
    INDArray x = Slopes.random(DataType.FLOAT, "x", SHAPE);
    Dl4jNetwork network = Dl4jNetwork.of(Networks.encoder());
    Built one = Built.of(network, DataType.FLOAT, x);
    Built two = Built.of(network, DataType.FLOAT, x);
    INDArray latents = one.block().forward(x, Phase.EVAL);
    INDArray before = latents.dup('c');
    two.parameters().values().assign(0);
    two.block().forward(x, Phase.EVAL);
    assertThatArray(latents).isEqualToArray(before);
    assertThatArray(one.evaluate(x)).isEqualToArray(before);
  }

  @Test
  void backward_before_forward_is_an_error() {
    INDArray x = Slopes.random(DataType.FLOAT, "x", SHAPE);
    Built built = Built.of(Dl4jNetwork.of(Networks.encoder()), DataType.FLOAT, x);
    assertThatThrownBy(() -> built.block().backward(x))
        .hasMessage("the DL4J network: backward needs a forward pass first");
  }

  @Test
  void a_frozen_layer_is_state() {
    INDArray x = Slopes.random(DataType.FLOAT, "x", SHAPE);
    Built built = Built.of(Dl4jNetwork.of(Networks.frozenEncoder()), DataType.FLOAT, x);
    List<Parameter> parameters = built.block().parameters();
    assertThat(parameters)
        .extracting(Parameter::isLearned)
        .containsExactly(false, false, true, true);
    INDArray output = built.block().forward(x, Phase.TRAIN);
    assertThatArray(built.block().backward(output.dup())).hasShape(SHAPE).isFinite();
    assertThat(parameters.get(0).gradient().norm2Number().doubleValue()).isZero();
    assertThat(parameters.get(2).gradient().norm2Number().doubleValue()).isPositive();
  }
}
