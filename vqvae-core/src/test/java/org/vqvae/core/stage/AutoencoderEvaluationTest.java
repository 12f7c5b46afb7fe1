package org.vqvae.core.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Bottled;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Medium;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.data.Batches;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.likelihood.GaussianLikelihood;
import org.vqvae.core.model.FlatModel;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Conv2d;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.nn.Replicas;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;

class AutoencoderEvaluationTest {
  private static final int WIDTH = 8;
  private static final int[] POSITIONS = {8, 5, 2};
  private static final float FILLING = 90;
  private static final DataSpec SPEC =
      new DataSpec(new Medium("image", 255), new Grid(1, WIDTH), 1, List.of(), 0);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void filling_does_not_count_however_examples_are_batched(int batchSize) {
    // Given an autoencoder whose reconstruction is 0 everywhere
    Replicas<ModelNetwork> autoencoder = Replicas.alone(autoencoder());
    // When it is measured on examples of which some are filled up
    AutoencoderEvaluation evaluation =
        AutoencoderEvaluation.of(
            autoencoder, new Batches(new Filled(FILLING), Split.TEST, batchSize, 1));
    // Then its error is the mean square of what is data
    double squares = 0;
    int count = 0;
    for (int i = 0; i < POSITIONS.length; i++) {
      for (int t = 0; t < POSITIONS[i]; t++, count++) {
        squares += Math.pow(value(i, t), 2);
      }
    }
    assertThat(evaluation.meanSquaredError()).isCloseTo(squares / count, within(1e-6));
    assertThat(evaluation.nats())
        .isCloseTo(new GaussianLikelihood(0.5).nats(squares / count), within(1e-6));
  }

  @Test
  void the_filling_s_values_change_nothing() {
    assertThat(nats(FILLING)).isEqualTo(nats(0));
  }

  private static double nats(float filling) {
    return AutoencoderEvaluation.of(
            Replicas.alone(autoencoder()), new Batches(new Filled(filling), Split.TEST, 2, 1))
        .nats();
  }

  private static float value(int example, int position) {
    return 0.1f * (1 + example) + 0.01f * position;
  }

  private record Filled(float filling) implements Dataset, Examples {

    @Override
    public DataSpec spec() {
      return SPEC;
    }

    @Override
    public Examples examples(Split split) {
      return this;
    }

    @Override
    public String fingerprint() {
      return "f";
    }

    @Override
    public int size() {
      return POSITIONS.length;
    }

    @Override
    public void read(int index, float[] into, int offset) {
      Arrays.fill(into, offset, offset + WIDTH, filling);
      for (int t = 0; t < POSITIONS[index]; t++) {
        into[offset + t] = value(index, t);
      }
    }

    @Override
    public int positions(int index, DataSpec spec) {
      return POSITIONS[index];
    }

    @Override
    public int label(int index) {
      return -1;
    }
  }

  private static ModelNetwork autoencoder() {
    Pointwise pointwise = new Pointwise();
    ModelNetwork network =
        new FlatModel(new FlatModel.Settings(1), pointwise, new Zeros(), pointwise)
            .build(SPEC, 1, Scope.root(new RandomStreams(1)));
    ParameterVector.allocate(network.parameters(), DataType.FLOAT)
        .initialize(RandomStream.of(1, "values"));
    return network;
  }

  private static final class Pointwise implements Encoder, Decoder {

    private static Block block(Scope scope) {
      return Conv2d.convolution(
          scope.name("pointwise"), new NativeKernels(), 1, 1, Window.square(1, 1, 0));
    }

    @Override
    public Grid latentGrid(DataSpec data) {
      return data.grid();
    }

    @Override
    public Block build(DataSpec data, int latentDim, Scope scope) {
      return block(scope);
    }

    @Override
    public Likelihood likelihood(double dataVariance) {
      return new GaussianLikelihood(0.5);
    }

    @Override
    public DecoderNetwork build(DataSpec data, Grid latentGrid, int latentDim, Scope scope) {
      return DecoderNetwork.of(block(scope));
    }
  }

  /** Every latent becomes 0, so that a decoder without biases makes 0 of it. */
  private static final class Zeros implements Quantizer {

    @Override
    public List<Integer> codebookSizes() {
      return List.of(1);
    }

    @Override
    public int codeDim() {
      return 1;
    }

    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public Bottled apply(INDArray latents, Phase phase) {
      int[] codes = new int[(int) latents.length()];
      return Bottled.of(lookup(codes, 1)).withCodes(codes);
    }

    @Override
    public INDArray lookup(int[] codes, int depth) {
      return FloatArrays.of(new float[codes.length], codes.length, 1);
    }
  }
}
