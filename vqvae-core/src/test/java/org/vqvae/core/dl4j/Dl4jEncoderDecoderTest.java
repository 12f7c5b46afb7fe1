package org.vqvae.core.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Medium;
import org.vqvae.core.Phase;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.testing.Slopes;

class Dl4jEncoderDecoderTest {
  private static final DataSpec DATA =
      new DataSpec(new Medium("image", 255), new Grid(8, 12), 2, List.of(), 0);

  private final Encoder encoder = new Dl4jEncoder(Dl4jNetwork.of(Networks.encoder()));
  private final Decoder decoder = new Dl4jDecoder(Dl4jNetwork.of(Networks.decoder()), 0);

  @Test
  void the_latents_have_the_grid_that_the_network_makes() {
    Grid grid = encoder.latentGrid(DATA);
    INDArray x = Slopes.random(DataType.FLOAT, "x", DATA.batchShape(2));
    INDArray latents = Built.of(encoder.build(DATA, 3, Built.scope()), DataType.FLOAT).evaluate(x);
    assertThat(grid).isEqualTo(new Grid(4, 6));
    assertThatArray(latents).hasShape(grid.arrayShape(2, 3)).isFinite();
  }

  @Test
  void a_convolutional_network_takes_other_sizes_too() {
    assertThat(encoder.latentGrid(DATA.withGrid(new Grid(10, 4)))).isEqualTo(new Grid(5, 2));
  }

  @Test
  void latents_of_another_length_are_refused_with_both_numbers() {
    assertThatThrownBy(() -> encoder.build(DATA, 7, Built.scope()))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("gives 3 channels, but the quantizer wants latents of 7")
        .hasMessageContaining("code-dim = 3");
  }

  @Test
  void data_of_another_rank_is_refused() {
    DataSpec sound = new DataSpec(new Medium("sound", 1), new Grid(64), 1, List.of(), 8000);
    assertThatThrownBy(() -> encoder.latentGrid(sound)).isInstanceOf(IncompatibleException.class);
  }

  @Test
  void the_decoder_makes_the_data_s_form_and_its_gradients_are_the_slopes() {
    // Given
    DecoderNetwork network = decoder.build(DATA, new Grid(4, 6), 3, Built.scope());
    ParameterVector.allocate(network.parameters(), DataType.DOUBLE)
        .initialize(RandomStream.of(1, "first"));
    INDArray z = Slopes.random("z", 2, 4, 6, 3);
    INDArray weights = Slopes.random("weights", DATA.batchShape(2));
    // When
    assertThatArray(predict(network, z)).hasShape(DATA.batchShape(2));
    INDArray gradient = network.backward(weights.dup()).dup();
    // Then
    Slopes slopes = new Slopes(() -> predict(network, z).mul(weights).sumNumber().doubleValue());
    slopes.agreeWith("z", z, gradient);
    slopes.agreeWith(network.parameters());
  }

  private static INDArray predict(DecoderNetwork network, INDArray z) {
    return network.forward(z, z, Condition.NONE, Phase.TRAIN);
  }

  @Test
  void a_decoder_that_makes_another_size_is_refused_with_both_sizes() {
    assertThatThrownBy(() -> decoder.build(DATA, new Grid(4, 5), 3, Built.scope()))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("makes 8x10 with 2 channels")
        .hasMessageContaining("the data is 8x12 with 2 channels");
  }

  @Test
  void dense_networks_make_one_latent_and_a_picture_of_it() {
    // Given
    Encoder flatEncoder =
        new Dl4jEncoder(
            Dl4jNetwork.of(
                Networks.layers(
                    InputType.feedForward(192), new DenseLayer.Builder().nOut(3).build())));
    Decoder flatDecoder =
        new Dl4jDecoder(
            Dl4jNetwork.of(
                Networks.layers(
                    InputType.feedForward(3), new DenseLayer.Builder().nOut(192).build())),
            0.5);
    INDArray x = Slopes.random(DataType.FLOAT, "x", DATA.batchShape(2));
    // When
    Grid grid = flatEncoder.latentGrid(DATA);
    INDArray z = Built.of(flatEncoder.build(DATA, 3, Built.scope()), DataType.FLOAT).evaluate(x);
    DecoderNetwork network = flatDecoder.build(DATA, grid, 3, Built.scope());
    ParameterVector.allocate(network.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "first"));
    // Then
    assertThat(grid).isEqualTo(new Grid(1, 1));
    assertThatArray(z).hasShape(2, 1, 1, 3);
    assertThatArray(predict(network, z)).hasShape(DATA.batchShape(2)).isFinite();
  }

  @Test
  void the_shipped_networks_fit_each_other_and_learn_by_our_gradients() {
    // Given
    DataSpec glyphs = DATA.withGrid(new Grid(32, 32)).ofFeatures(new Grid(32, 32), 3);
    Encoder graph = new Dl4jEncoder(Dl4jNetwork.of(ShippedNetworks.encoder()));
    Decoder layers = new Dl4jDecoder(Dl4jNetwork.of(ShippedNetworks.decoder()), 0);
    Built down = Built.of(graph.build(glyphs, 32, Built.scope()), DataType.FLOAT);
    DecoderNetwork up = layers.build(glyphs, graph.latentGrid(glyphs), 32, Built.scope());
    ParameterVector upward = ParameterVector.allocate(up.parameters(), DataType.FLOAT);
    upward.initialize(RandomStream.of(1, "first"));
    INDArray x = Slopes.random(DataType.FLOAT, "x", glyphs.batchShape(1)).muli(0.2);
    // When an autoencoder of one picture takes steps down the gradient of the squared error
    double[] losses = new double[20];
    for (int step = 0; step < losses.length; step++) {
      INDArray difference = predict(up, down.block().forward(x, Phase.TRAIN)).sub(x);
      losses[step] = difference.norm2Number().doubleValue();
      down.block().backward(up.backward(difference));
      down.parameters().values().subi(down.parameters().gradients().mul(3e-4));
      upward.values().subi(upward.gradients().mul(3e-4));
    }
    // Then
    assertThat(losses).isSortedAccordingTo((one, two) -> Double.compare(two, one));
    assertThat(losses[losses.length - 1]).isLessThan(0.9 * losses[0]);
  }

  @Test
  void the_likelihood_s_variance_is_the_data_s_unless_it_is_said() {
    assertThat(decoder.likelihood(0.3).figures()).isEqualTo(fixed(0.3).likelihood(9).figures());
  }

  private static Decoder fixed(double variance) {
    return new Dl4jDecoder(Dl4jNetwork.of(Networks.decoder()), variance);
  }
}
