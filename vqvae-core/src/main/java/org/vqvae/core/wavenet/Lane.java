package org.vqvae.core.wavenet;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Progress;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.wavenet.Layout.Span;

/**
 * WaveNet's layers, their skips and the head as one member of a team computes them: in a part of
 * the rows of each span, with gradients of its own.
 */
final class Lane {
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
   * @param kernels the member's
   * @param member 0 ... members - 1
   * @param name the beginning of the parameters' names
   * @param conditions the length of c
   */
  Lane(
      Kernels kernels,
      int member,
      int members,
      String name,
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
              kernels, name + "/layer" + i, channels, dilations.get(i), conditions, last));
    }
    skip =
        new Linear(
            kernels,
            name + "/skip",
            channels * layers.size(),
            settings.skipChannels(),
            Initializers.fanIn(channels)); // as for a product of each layer's own
    head = new Head(kernels, name + "/head", settings.skipChannels(), alphabet);
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

  /** Gives its parameters the values of another lane's, and gradients of their own. */
  void follow(Lane leader) {
    List<Parameter> own = parameters();
    List<Parameter> followed = leader.parameters();
    for (int i = 0; i < own.size(); i++) {
      INDArray value = followed.get(i).value();
      own.get(i).bind(value, buffers.get("gradient" + i, value.dataType(), value.shape()));
    }
  }

  /** Its share of adding all lanes' gradients to those of the first, in the order of the lanes. */
  void addGradients(List<Lane> lanes) {
    List<Parameter> sums = lanes.get(0).parameters();
    for (Lane lane : lanes.subList(1, lanes.size())) {
      List<Parameter> terms = lane.parameters();
      for (int i = member; i < sums.size(); i += members) {
        kernels.add(terms.get(i).gradient(), sums.get(i).gradient());
      }
    }
  }

  /**
   * Computes its parts of the layers' arrays, of the sum of the skips, {@code z_1 S_1 + ... + z_L
   * S_L + s}, and of the head's arrays.
   */
  void forward(Arrays arrays, Context context, Progress progress) {
    int step = 0;
    for (Span span : context.layout().spans(members)) {
      Span part = context.layout().part(span, member, members);
      if (part.isEmpty()) {
        step += layers.size();
        progress.done(member, step);
        continue;
      }
      INDArray z = room("z", part, channels, context);
      INDArray sums = matrices.span(arrays.head.s(), part);
      for (int i = 0; i < layers.size(); i++) {
        progress.await(0, member, step); // the rows before, of this span
        progress.await(member + 1, members, step - layers.size()); // and of the last
        layers.get(i).forward(arrays.layers.get(i), context, part, z);
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
      Arrays arrays,
      INDArray gradient,
      INDArray inputGradient,
      Context context,
      Progress progress) {
    layers.forEach(WaveNetLayer::clearGradients);
    skip.clearGradients();
    head.clearGradients();
    kernels.clear(context.vectorsGradient());
    List<Span> spans = context.layout().spans(members);
    int step = 0;
    for (int s = spans.size() - 1; s >= 0; s--) {
      Span part = context.layout().part(spans.get(s), member, members);
      if (part.isEmpty()) {
        step += layers.size();
        progress.done(member, step);
        continue;
      }
      INDArray z = room("z", part, channels, context);
      INDArray dz = room("dz", part, channels, context);
      INDArray dh = room("dh", part, skip.outputs(), context);
      INDArray dSkips = room("dskips", part, skip.outputs(), context);
      head.backward(arrays.head, gradient, context, part, dh, dSkips);
      INDArray dx = matrices.span(inputGradient, part);
      skip.addBackwardBiases(dSkips, context.ones());
      kernels.clear(dx);
      for (int i = layers.size() - 1; i >= 0; i--) {
        WaveNetLayer layer = layers.get(i);
        layer.gate(arrays.layers.get(i), part, z);
        skip.addBackwardWeights((long) i * channels, z, dSkips);
        skip.backwardData((long) i * channels, dSkips, dz);
        layer.backwardGate(arrays.layers.get(i), context, part, z, dz, dx);
        progress.done(member, ++step);
        layer.backwardWeights(arrays.layers.get(i), context, part);
        progress.await(member + 1, members, step); // the rows after, of this span
        progress.await(0, member, step - layers.size()); // and of the last
        layer.addBackwardData(arrays.layers.get(i), context, part, dx);
      }
    }
  }

  /** An array for a part's rows, as it was left. */
  private INDArray room(String name, Span part, long columns, Context context) {
    DataType type = skip.biases().dataType();
    INDArray longest = buffers.get(name, type, context.layout().longestPart(), columns);
    return matrices.rows(longest, 0, part.rows(), columns);
  }
}
