package org.vqvae.core.dl4j;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Grid;

/** Small networks, as one writes them with DL4J. */
final class Networks {
  private Networks() {}

  static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .weightInit(WeightInit.XAVIER)
        .activation(Activation.TANH);
  }

  /** A sequence of layers on such data. */
  static MultiLayerConfiguration layers(InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = builder().list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return list.setInputType(input).build();
  }

  /** Pictures of 8x12 with 2 channels become 4x6 latents of 3. */
  static MultiLayerConfiguration encoder() {
    return layers(
        InputType.convolutional(8, 12, 2),
        new ConvolutionLayer.Builder(4, 4).name("down").stride(2, 2).padding(1, 1).nOut(5).build(),
        new ConvolutionLayer.Builder(1, 1)
            .name("to-latents")
            .nOut(3)
            .activation(Activation.IDENTITY)
            .build());
  }

  /** As the encoder, but the first layer does not learn. */
  static MultiLayerConfiguration frozenEncoder() {
    MultiLayerConfiguration plain = encoder();
    return layers(
        InputType.convolutional(8, 12, 2),
        new FrozenLayerWithBackprop(plain.getConf(0).getLayer()),
        plain.getConf(1).getLayer());
  }

  /** The same latents become the same pictures again. */
  static MultiLayerConfiguration decoder() {
    return layers(
        InputType.convolutional(4, 6, 3),
        new ConvolutionLayer.Builder(3, 3).convolutionMode(ConvolutionMode.Same).nOut(5).build(),
        new Deconvolution2D.Builder(4, 4)
            .stride(2, 2)
            .padding(1, 1)
            .nOut(2)
            .activation(Activation.IDENTITY)
            .build());
  }

  /** As the encoder, with a residual block. */
  static ComputationGraphConfiguration residualEncoder() {
    return builder()
        .graphBuilder()
        .addInputs("picture")
        .addLayer(
            "down",
            new ConvolutionLayer.Builder(4, 4).stride(2, 2).padding(1, 1).nOut(3).build(),
            "picture")
        .addLayer("relu", new ActivationLayer(Activation.TANH), "down")
        .addLayer(
            "conv3x3",
            new ConvolutionLayer.Builder(3, 3)
                .convolutionMode(ConvolutionMode.Same)
                .nOut(3)
                .build(),
            "relu")
        .addVertex("add", new ElementWiseVertex(ElementWiseVertex.Op.Add), "down", "conv3x3")
        .setOutputs("add")
        .setInputTypes(InputType.convolutional(8, 12, 2))
        .build();
  }

  /** The grid of an array {@code [N, ...grid, channels]}. */
  static Grid grid(INDArray x) {
    return new Grid(IntStream.range(1, x.rank() - 1).map(i -> (int) x.size(i)).toArray());
  }
}
