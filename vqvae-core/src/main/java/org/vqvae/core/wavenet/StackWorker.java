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
 * WaveNet's layers, their skips and the head as one member of a team computes them: it works on a
 * part of the rows of each span, and has gradients of its own.
 */
final class StackWorker {
  private final Kernels kernels;
  private final int member;
  private final int members;
  private final int channels;
  private final List<WaveNetLayer> layers = new ArrayList<>();
  private final Linear skip;
  private final Head head;
  private final Matrices matrices = new Matrices();
  private final Buffers buffers = new Buffers();

  /** The arrays of all rows that the layers, one above the other, and the head work on. */
  record Arrays(List<WaveNetLayer.Arrays> layers, Head.Arrays head) {}

  /**
   * Makes a member's layers, skips and head.
   *
   * @param scope names the parameters
   * @param kernels the member's
   * @param member 0 ... members - 1
   * @param conditions the length of c
   */
  StackWorker(
      Scope scope,
      Kernels kernels,
      int member,
      int members,
      WaveNetSettings settings,
      Alphabet alphabet,
      int conditions) {
    this.kernels = kernels;
    this.member = member;
    this.members = members;
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

  /** Shares the values of another worker's parameters; the gradients stay its own. */
  void shareWeightsOf(StackWorker other) {
    List<Parameter> own = parameters();
    List<Parameter> shared = other.parameters();
    for (int i = 0; i < own.size(); i++) {
      INDArray value = shared.get(i).value();
      own.get(i).bind(value, buffers.get("gradient" + i, value.dataType(), value.shape()));
    }
  }

  /**
   * Adds its share of all workers' gradients to those of the first, in the order of the workers.
   */
  void addGradients(List<StackWorker> workers) {
    List<Parameter> sums = workers.get(0).parameters();
    for (StackWorker worker : workers.subList(1, workers.size())) {
      List<Parameter> terms = worker.parameters();
      for (int i = member; i < sums.size(); i += members) {
        kernels.add(terms.get(i).gradient(), sums.get(i).gradient());
      }
    }
  }

  /**
   * Computes its parts of the layers' arrays, of the sum of the skips, {@code z_1 S_1 + ... + z_L
   * S_L + s}, and of the head's arrays.
   */
  void forward(Arrays arrays, StackPass pass, Progress progress) {
    int step = 0;
    for (Span span : pass.layout().spans(members)) {
      Span part = pass.layout().part(span, member, members);
      if (part.isEmpty()) {
        step += layers.size();
        progress.done(member, step);
        continue;
      }
      INDArray z = scratch("z", part, channels, pass);
      INDArray sums = matrices.span(arrays.head.s(), part);
      for (int i = 0; i < layers.size(); i++) {
        progress.await(0, member, step); // the rows before, of this span
        progress.await(member + 1, members, step - layers.size()); // and of the last
        layers.get(i).forward(arrays.layers.get(i), pass, part, z);
        progress.done(member, ++step);
        skip.addForward((long) i * channels, z, sums);
      }
      head.forward(arrays.head, part);
    }
  }

  /**
   * Computes its parts of dL/d input, and what its rows contribute to the gradients of its
   * parameters and of c.
   *
   * @param gradient dL/d logits, {@code [T * N, K]}
   * @param inputGradient {@code [T * N, R]}
   */
  void backward(
      Arrays arrays, INDArray gradient, INDArray inputGradient, StackPass pass, Progress progress) {
    layers.forEach(WaveNetLayer::clearGradients);
    skip.clearGradients();
    head.clearGradients();
    kernels.clear(pass.vectorsGradient());
    List<Span> spans = pass.layout().spans(members);
    int step = 0;
    for (int s = spans.size() - 1; s >= 0; s--) {
      Span part = pass.layout().part(spans.get(s), member, members);
      if (part.isEmpty()) {
        step += layers.size();
        progress.done(member, step);
        continue;
      }
      INDArray z = scratch("z", part, channels, pass);
      INDArray dz = scratch("dz", part, channels, pass);
      INDArray dh = scratch("dh", part, skip.outputs(), pass);
      INDArray dSkips = scratch("dskips", part, skip.outputs(), pass);
      head.backward(arrays.head, gradient, pass, part, dh, dSkips);
      INDArray dx = matrices.span(inputGradient, part);
      skip.addBackwardBiases(dSkips, pass.ones());
      kernels.clear(dx);
      for (int i = layers.size() - 1; i >= 0; i--) {
        WaveNetLayer layer = layers.get(i);
        layer.gate(arrays.layers.get(i), part, z);
        skip.addBackwardWeights((long) i * channels, z, dSkips);
        skip.backwardData((long) i * channels, dSkips, dz);
        layer.backwardGate(arrays.layers.get(i), pass, part, z, dz, dx);
        progress.done(member, ++step);
        layer.backwardWeights(arrays.layers.get(i), pass, part);
        progress.await(member + 1, members, step); // the rows after, of this span
        progress.await(0, member, step - layers.size()); // and of the last
        layer.addBackwardData(arrays.layers.get(i), pass, part, dx);
      }
    }
  }

  /** An array for a part's rows, with whatever values it has. */
  private INDArray scratch(String name, Span part, long columns, StackPass pass) {
    DataType type = skip.biases().dataType();
    INDArray longest = buffers.get(name, type, pass.layout().longestPart(), columns);
    return matrices.rows(longest, 0, part.rows(), columns);
  }
}
