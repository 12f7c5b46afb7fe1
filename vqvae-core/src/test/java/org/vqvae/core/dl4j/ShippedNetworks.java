package org.vqvae.core.dl4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/** Writes the networks of the experiment {@code glyphs-dl4j}, whose JSON is shipped. */
final class ShippedNetworks {
  private static final int CHANNELS = 32;
  private static final int LATENT = 32;

  private ShippedNetworks() {}

  /**
   * Writes encoder.json and decoder.json.
   *
   * @param arguments the folder
   */
  public static void main(String... arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Files.writeString(folder.resolve("encoder.json"), encoder().toJson() + "\n");
    Files.writeString(folder.resolve("decoder.json"), decoder().toJson() + "\n");
  }

  /** A graph with a residual block: 32x32 pictures in colour become 8x8 latents. */
  static ComputationGraphConfiguration encoder() {
    return builder()
        .graphBuilder()
        .addInputs("picture")
        .setInputTypes(InputType.convolutional(32, 32, 3))
        .addLayer("down1", halve(CHANNELS), "picture")
        .addLayer("down2", halve(CHANNELS), "down1")
        .addLayer("residual", same(3, CHANNELS, Activation.RELU), "down2")
        .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "down2", "residual")
        .addLayer("relu", new ActivationLayer(Activation.RELU), "sum")
        .addLayer("to-latents", same(1, LATENT, Activation.IDENTITY), "relu")
        .setOutputs("to-latents")
        .build();
  }

  /** Layers one behind the other: 8x8 latents become 32x32 pictures in colour. */
  static MultiLayerConfiguration decoder() {
    return builder()
        .list()
        .layer(named("conv3x3", same(3, CHANNELS, Activation.RELU)))
        .layer(named("up1", twice(CHANNELS, Activation.RELU)))
        .layer(named("up2", twice(3, Activation.IDENTITY)))
        .setInputType(InputType.convolutional(8, 8, LATENT))
        .build();
  }

  private static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder().seed(1).weightInit(WeightInit.RELU);
  }

  private static Layer named(String name, Layer layer) {
    layer.setLayerName(name);
    return layer;
  }

  private static Layer halve(int channels) {
    return new ConvolutionLayer.Builder(4, 4)
        .stride(2, 2)
        .padding(1, 1)
        .nOut(channels)
        .activation(Activation.RELU)
        .build();
  }

  private static Layer same(int kernel, int channels, Activation activation) {
    return new ConvolutionLayer.Builder(kernel, kernel)
        .convolutionMode(ConvolutionMode.Same)
        .nOut(channels)
        .activation(activation)
        .build();
  }

  private static Layer twice(int channels, Activation activation) {
    return new Deconvolution2D.Builder(4, 4)
        .stride(2, 2)
        .padding(1, 1)
        .nOut(channels)
        .activation(activation)
        .build();
  }
}
