package org.vqvae.core.wavenet;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Progress;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.wavenet.Layout.Span;

/**
 * WaveNet's layers, their skips and the head as one worker computes them: it works on blocks of
 * rows, and adds what they contribute to the gradients to a lane.
 */
final class StackWorker {
  private final Kernels kernels;
  private final int channels;
  private final List<WaveNetLayer> layers = new ArrayList<>();
  private final Linear skip;
  private final Head head;
  private final Matrices matrices = new Matrices();
  private final Buffers buffers = new Buffers();

  /** The arrays of all rows that the layers, one above the other, and the head work on. */
  record Arrays(List<WaveNetLayer.Arrays> layers, Head.Arrays head) {}

  /**
   * Makes a worker's layers, skips and head.
   *
   * @param scope names the parameters
   * @param kernels the worker's
   * @param conditions the length of c
   */
  StackWorker(
      Scope scope, Kernels kernels, WaveNetSettings settings, Alphabet alphabet, int conditions) {
    this.kernels = kernels;
    channels = settings.channels();
    List<Integer> dilations = settings.dilations();
    for (int i = 0; i < dilations.size(); i++) {
      boolean last = i + 1 == dilations.size();
      layers.add(
          new WaveNetLayer(
              scope.child("layer" + i), kernels, channels, dilations.get(i), conditions, last));
    }
    skip =
        new Linear(
            scope.child("skip"),
            kernels,
            channels * layers.size(),
            settings.skipChannels(),
            Initializers.fanIn(channels)); // as for a product of each layer's own
    head = new Head(scope.child("head"), kernels, settings.skipChannels(), alphabet);
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    layers.forEach(layer -> parameters.addAll(layer.parameters()));
    parameters.addAll(skip.parameters());
    parameters.addAll(head.parameters());
    return parameters;
  }

  List<WaveNetLayer> layers() {
    return layers;
  }

  /** {@code [L * R, S]}, one layer's rows after another's. */
  Linear skip() {
    return skip;
  }

  Head head() {
    return head;
  }

  /** Takes the values and the gradients of a lane for its parameters. */
  void use(Lane lane) {
    List<Parameter> own = parameters();
    for (int i = 0; i < own.size(); i++) {
      own.get(i).bind(lane.values().get(i), lane.gradients().get(i));
    }
  }

  /** To be called once for each lane, before the blocks' backward passes, which add. */
  void clearGradients(StackPass pass) {
    layers.forEach(WaveNetLayer::clearGradients);
    skip.clearGradients();
    head.clearGradients();
    kernels.clear(pass.vectorsGradient());
  }

  /**
   * Computes a block of the layers' arrays, of the sum of the skips, {@code z_1 S_1 + ... + z_L S_L
   * + s}, and of the head's arrays.
   *
   * @param number of the block, in the order in which they are begun
   */
  void forward(Arrays arrays, StackPass pass, Span block, int number, Progress progress) {
    INDArray z = scratch("z", block, channels, pass);
    INDArray sums = matrices.span(arrays.head.s(), block);
    for (int i = 0; i < layers.size(); i++) {
      progress.await(0, number, i); // the rows before
      layers.get(i).forward(arrays.layers.get(i), pass, block, z);
      progress.done(number, i + 1);
      skip.addForward((long) i * channels, z, sums);
    }
    head.forward(arrays.head, block);
  }

  /**
   * Computes a block of dL/d input, and what its rows contribute to the gradients of the parameters
   * and of c.
   *
   * @param gradient dL/d logits, {@code [T * N, K]}
   * @param inputGradient {@code [T * N, R]}
   * @param number of the block, in the order in which they are begun: the last rows first
   */
  void backward(
      Arrays arrays,
      INDArray gradient,
      INDArray inputGradient,
      StackPass pass,
      Span block,
      int number,
      Progress progress) {
    INDArray z = scratch("z", block, channels, pass);
    INDArray dz = scratch("dz", block, channels, pass);
    INDArray dh = scratch("dh", block, skip.outputs(), pass);
    INDArray dSkips = scratch("dskips", block, skip.outputs(), pass);
    head.backward(arrays.head, gradient, pass, block, dh, dSkips);
    INDArray dx = matrices.span(inputGradient, block);
    skip.addBackwardBiases(dSkips, pass.ones());
    kernels.clear(dx);
    for (int i = layers.size() - 1; i >= 0; i--) {
      int step = layers.size() - i;
      WaveNetLayer layer = layers.get(i);
      layer.gate(arrays.layers.get(i), block, z);
      skip.addBackwardWeights((long) i * channels, z, dSkips);
      skip.backwardData((long) i * channels, dSkips, dz);
      layer.backwardGate(arrays.layers.get(i), pass, block, z, dz, dx);
      progress.done(number, step);
      layer.backwardWeights(arrays.layers.get(i), pass, block);
      progress.await(0, number, step); // the rows after
      layer.addBackwardData(arrays.layers.get(i), pass, block, dx);
    }
  }

  /** An array for a block's rows, with whatever values it has. */
  private INDArray scratch(String name, Span block, long columns, StackPass pass) {
    DataType type = skip.biases().dataType();
    INDArray longest = buffers.get(name, type, pass.layout().longestBlock(), columns);
    return matrices.rows(longest, 0, block.rows(), columns);
  }
}
