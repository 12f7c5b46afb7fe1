package org.vqvae.core.dl4j;

import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.testing.Slopes;

/** The layers that DL4J 1.0.0-M2.1 computes rightly, each within a small network. */
class LayersTest {
  private static final InputType PICTURES = InputType.convolutional(6, 8, 2);
  private static final InputType PICTURES_LAST = InputType.convolutional(6, 8, 2, CNN2DFormat.NHWC);
  private static final InputType SERIES = InputType.recurrent(2, 9);

  /** A network on data of a shape without the batch. */
  private record Case(String name, MultiLayerConfiguration network, long... shape) {

    INDArray data(DataType type) {
      long[] batch = new long[shape.length + 1];
      batch[0] = 2;
      System.arraycopy(shape, 0, batch, 1, shape.length);
      return Slopes.random(type, name, batch);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Case pictures(String name, Layer... layers) {
    return new Case(name, Networks.layers(PICTURES, layers), 6, 8, 2);
  }

  private static Case series(String name, Layer... layers) {
    return new Case(name, Networks.layers(SERIES, layers), 9, 2);
  }

  private static ConvolutionLayer conv() {
    return new ConvolutionLayer.Builder(3, 3).convolutionMode(ConvolutionMode.Same).nOut(4).build();
  }

  private static Convolution1DLayer conv1d() {
    return new Convolution1DLayer.Builder(3).convolutionMode(ConvolutionMode.Same).nOut(4).build();
  }

  static Stream<Case> cases() {
    return Stream.of(
        pictures("convolution", conv(), conv()),
        new Case("channels last", Networks.layers(PICTURES_LAST, conv(), conv()), 6, 8, 2),
        pictures(
            "strided",
            new ConvolutionLayer.Builder(4, 4).stride(2, 2).padding(1, 1).nOut(3).build(),
            conv()),
        pictures(
            "transposed",
            conv(),
            new Deconvolution2D.Builder(4, 4).stride(2, 2).padding(1, 1).nOut(3).build()),
        pictures(
            "depthwise",
            new DepthwiseConvolution2D.Builder(3, 3).depthMultiplier(2).build(),
            conv()),
        pictures("separable", conv(), new SeparableConvolution2D.Builder(3, 3).nOut(3).build()),
        pictures("max pooling", conv(), new SubsamplingLayer.Builder(2, 2).stride(2, 2).build()),
        pictures(
            "average pooling",
            conv(),
            new SubsamplingLayer.Builder(PoolingType.AVG, new int[] {2, 2}).stride(2, 2).build()),
        pictures("upsampling", conv(), new Upsampling2D.Builder(2).build(), conv()),
        pictures("padding", new ZeroPaddingLayer.Builder(1, 2, 0, 1).build(), conv()),
        pictures("cropping", conv(), new Cropping2D.Builder(1, 0, 2, 1).build()),
        pictures("space to depth", conv(), new SpaceToDepthLayer.Builder<>(2).build(), conv()),
        pictures(
            "local response", conv(), new LocalResponseNormalization.Builder().build(), conv()),
        pictures(
            "parametric relu",
            new PReLULayer.Builder().inputShape(2, 6, 8).nIn(96).nOut(96).build(),
            conv()),
        pictures("activation", conv(), new ActivationLayer(Activation.SWISH)),
        pictures("dense behind pictures", conv(), new DenseLayer.Builder().nOut(5).build()),
        pictures(
            "global pooling",
            conv(),
            new GlobalPoolingLayer(PoolingType.AVG),
            new DenseLayer.Builder().nOut(5).build()),
        new Case(
            "dense",
            Networks.layers(
                InputType.feedForward(24),
                new DenseLayer.Builder().nOut(7).hasLayerNorm(true).build(),
                new ElementWiseMultiplicationLayer.Builder().nIn(7).nOut(7).build()),
            12,
            2),
        new Case(
            "pictures in a row",
            Networks.layers(InputType.convolutionalFlat(6, 8, 2), conv()),
            6,
            8,
            2),
        series("series", conv1d(), conv1d()),
        series(
            "causal series",
            new Convolution1DLayer.Builder(2)
                .convolutionMode(ConvolutionMode.Causal)
                .nOut(3)
                .build(),
            conv1d()),
        series(
            "strided series",
            new Convolution1DLayer.Builder(4).stride(2).padding(1).nOut(3).build()),
        series("pooled series", conv1d(), new Subsampling1DLayer.Builder(2).stride(2).build()),
        series("upsampled series", conv1d(), new Upsampling1D.Builder(2).build(), conv1d()),
        series(
            "padded series",
            new ZeroPadding1DLayer.Builder(1, 2).build(),
            conv1d(),
            new Cropping1D(1, 0)),
        series("lstm", new LSTM.Builder().nOut(3).build()),
        series("simple rnn", new SimpleRnn.Builder().nOut(3).build()),
        series("bidirectional", new Bidirectional(new LSTM.Builder().nOut(3).build())),
        series("last step", new LastTimeStep(new LSTM.Builder().nOut(3).build())),
        series(
            "time distributed",
            conv1d(),
            new TimeDistributed(new DenseLayer.Builder().nIn(4).nOut(3).build(), RNNFormat.NCW)),
        new Case(
            "lstm, channels last",
            Networks.layers(
                InputType.recurrent(2, 9, RNNFormat.NWC),
                new LSTM.Builder().nOut(3).dataFormat(RNNFormat.NWC).build()),
            9,
            2));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradients_agree_with_finite_differences(Case it) {
    // Given
    INDArray x = it.data(DataType.DOUBLE);
    Built built = Built.of(Dl4jNetwork.of(it.network), DataType.DOUBLE, x);
    INDArray weights = Slopes.random("weights", built.evaluate(x).shape());
    // When the gradient of a weighted sum is passed back, over that of an earlier pass
    built.parameters().gradients().assign(3);
    built.block().forward(x, Phase.TRAIN);
    INDArray xGradient = built.block().backward(weights.dup()).dup();
    // Then
    Slopes slopes =
        new Slopes(
            () -> built.block().forward(x, Phase.TRAIN).mul(weights).sumNumber().doubleValue());
    slopes.agreeWith("x", x, xGradient);
    slopes.agreeWith(built.block().parameters());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradients_in_float_are_those_in_double(Case it) {
    // Given the same weights in both types
    INDArray x = it.data(DataType.FLOAT);
    Built single = Built.of(Dl4jNetwork.of(it.network), DataType.FLOAT, x);
    Built twice = Built.of(Dl4jNetwork.of(it.network), DataType.DOUBLE, x);
    // When
    INDArray output = single.block().forward(x, Phase.TRAIN).dup('c');
    INDArray precise = twice.block().forward(x.castTo(DataType.DOUBLE), Phase.TRAIN).dup('c');
    INDArray weights = Slopes.random(DataType.FLOAT, "weights", output.shape());
    INDArray gradient = single.block().backward(weights.dup());
    INDArray preciseGradient = twice.block().backward(weights.castTo(DataType.DOUBLE));
    // Then
    assertThatArray(output).isCloseTo(precise, 1e-5, 1e-4);
    assertThatArray(gradient).isCloseTo(preciseGradient, 1e-5, 1e-4);
    for (int i = 0; i < single.block().parameters().size(); i++) {
      assertThatArray(single.block().parameters().get(i).gradient())
          .isCloseTo(twice.block().parameters().get(i).gradient(), 1e-4, 1e-4);
    }
  }
}
