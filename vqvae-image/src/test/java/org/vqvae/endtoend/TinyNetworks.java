package org.vqvae.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;

/** Networks of DL4J in files. */
final class TinyNetworks {
  private TinyNetworks() {}

  /** Colour pictures become latents of 3, one for each 2x2 pixels. */
  static Path encoder() {
    return write(encoderLayers());
  }

  /** The same with weights, saved as DL4J does. */
  static Path savedEncoder(Path zip) throws IOException {
    MultiLayerNetwork network = new MultiLayerNetwork(encoderLayers());
    network.init();
    ModelSerializer.writeModel(network, zip.toFile(), false);
    return zip;
  }

  private static MultiLayerConfiguration encoderLayers() {
    return layers(
        InputType.convolutional(8, 12, 3),
        new ConvolutionLayer.Builder(4, 4)
            .stride(2, 2)
            .padding(1, 1)
            .nOut(4)
            .activation(Activation.TANH)
            .build(),
        new ConvolutionLayer.Builder(1, 1).nOut(3).activation(Activation.IDENTITY).build());
  }

  /** The same latents become colour pictures again. */
  static Path decoder() {
    return write(
        layers(
            InputType.convolutional(4, 6, 3),
            new ConvolutionLayer.Builder(3, 3)
                .convolutionMode(ConvolutionMode.Same)
                .nOut(4)
                .activation(Activation.TANH)
                .build(),
            new Deconvolution2D.Builder(4, 4)
                .stride(2, 2)
                .padding(1, 1)
                .nOut(3)
                .activation(Activation.IDENTITY)
                .build()));
  }

  private static MultiLayerConfiguration layers(InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().seed(5).weightInit(WeightInit.XAVIER).list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return list.setInputType(input).build();
  }

  private static Path write(MultiLayerConfiguration network) {
    try {
      Path file = Files.createTempFile("network", ".json");
      file.toFile().deleteOnExit();
      return Files.writeString(file, network.toJson());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
