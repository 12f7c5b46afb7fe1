package org.vqvae.core.wavenet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.wavenet.Context.Span;

/** WaveNet's layers one above the other: the sum of what each of them skips to the head. */
final class WaveNetStack {
  private final Kernels kernels;
  private final List<WaveNetLayer> layers = new ArrayList<>();
  private final Parameter skipBias;
  private final Buffers buffers = new Buffers();

  /**
   * Makes the layers.
   *
   * @param conditions the length of c
   */
  WaveNetStack(Kernels kernels, String name, WaveNetSettings settings, int conditions) {
    this.kernels = kernels;
    List<Integer> dilations = settings.dilations();
    for (int i = 0; i < dilations.size(); i++) {
      layers.add(
          new WaveNetLayer(
              kernels,
              name + "/layer" + i,
              settings,
              dilations.get(i),
              conditions,
              i + 1 == dilations.size(),
              buffers));
    }
    skipBias = Parameter.learned(name + "/skip/b", Initializers.zeros(), settings.skipChannels());
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    layers.forEach(layer -> parameters.addAll(layer.parameters()));
    parameters.add(skipBias);
    return parameters;
  }

  List<WaveNetLayer> layers() {
    return layers;
  }

  INDArray skipBias() {
    return skipBias.value();
  }

  /**
   * The sum of the skips, {@code [T * N, S]}.
   *
   * @param input {@code [T * N, R]}
   */
  INDArray forward(INDArray input, Context context) {
    INDArray skips = buffers.get("skips", input.dataType(), context.rows(), skipBias.length());
    INDArray x = input;
    for (WaveNetLayer layer : layers) {
      x = layer.begin(x, context);
    }
    for (Span span : context.spans()) {
      span.of(skips).assign(0).addiRowVector(Matrices.row(skipBias.value()));
      for (WaveNetLayer layer : layers) {
        layer.forward(span, skips);
      }
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
    kernels.matMul(context.ones(), gradient, Matrices.row(skipBias.gradient()));
    layers.forEach(WaveNetLayer::clearGradients);
    List<Span> spans = context.spans();
    for (int i = spans.size() - 1; i >= 0; i--) {
      Span span = spans.get(i);
      backward(span, span.of(gradient), span.of(inputGradient));
    }
  }

  private void backward(Span span, INDArray gradient, INDArray inputGradient) {
    @Nullable INDArray next = null;
    for (int i = layers.size() - 1; i >= 0; i--) {
      INDArray dx =
          i == 0
              ? inputGradient
              : buffers.get("dx" + i % 2, inputGradient.dataType(), inputGradient.shape());
      layers.get(i).backward(span, next, gradient, dx);
      next = dx;
    }
  }
}
