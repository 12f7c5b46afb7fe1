package org.vqvae.core.wavenet;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.wavenet.Context.Span;

/**
 * WaveNet's layers one above the other, and the sum of what each skips to the head: {@code [z_1 ...
 * z_L] S + s}, one product for all layers.
 */
final class WaveNetStack {
  private final int channels;
  private final Matrices matrices = new Matrices();
  private final List<WaveNetLayer> layers = new ArrayList<>();
  private final Linear skip;
  private final Buffers buffers = new Buffers();
  private @Nullable INDArray lastZ;

  /**
   * Makes the layers.
   *
   * @param conditions the length of c
   */
  WaveNetStack(Kernels kernels, String name, WaveNetSettings settings, int conditions) {
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
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    layers.forEach(layer -> parameters.addAll(layer.parameters()));
    parameters.addAll(skip.parameters());
    return parameters;
  }

  List<WaveNetLayer> layers() {
    return layers;
  }

  /** {@code [L * R, S]}, one layer's rows after another's. */
  Linear skip() {
    return skip;
  }

  /**
   * The sum of the skips, {@code [T * N, S]}.
   *
   * @param input {@code [T * N, R]}
   */
  INDArray forward(INDArray input, Context context) {
    INDArray z =
        buffers.get("z", input.dataType(), context.rows(), (long) channels * layers.size());
    lastZ = z;
    INDArray skips = buffers.get("skips", input.dataType(), context.rows(), skip.biases().length());
    INDArray x = input;
    for (int i = 0; i < layers.size(); i++) {
      x = layers.get(i).begin(x, ofLayer(z, i), context);
    }
    for (Span span : context.spans()) {
      layers.forEach(layer -> layer.forward(span));
      skip.forward(matrices.span(z, span), matrices.span(skips, span));
    }
    return skips;
  }

  /**
   * Sets the gradients of the parameters.
   *
   * @param gradient dL/d sum of the skips
   * @param inputGradient receives dL/d input
   */
  void backward(INDArray gradient, INDArray inputGradient, Context context) {
    INDArray z = requireNonNull(lastZ, "backward before forward");
    skip.backwardWeights(z, gradient, context.ones());
    layers.forEach(WaveNetLayer::clearGradients);
    List<Span> spans = context.spans();
    for (int i = spans.size() - 1; i >= 0; i--) {
      Span span = spans.get(i);
      backward(span, matrices.span(gradient, span), matrices.span(inputGradient, span));
    }
  }

  private void backward(Span span, INDArray gradient, INDArray inputGradient) {
    INDArray dz = buffers.get("dz", gradient.dataType(), span.rows(), channels);
    INDArray room = buffers.get("room", gradient.dataType(), span.rows(), channels);
    INDArray dx = inputGradient.assign(0);
    for (int i = layers.size() - 1; i >= 0; i--) {
      skip.backwardData((long) i * channels, gradient, dz);
      layers.get(i).backward(span, room, dz, dx);
    }
  }

  /** The columns of all layers' z that are one layer's. */
  private INDArray ofLayer(INDArray z, int layer) {
    return matrices.columns(z, (long) layer * channels, channels);
  }
}
