package org.vqvae.core.wavenet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;

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
    Buffers[] scratch = {new Buffers(), new Buffers()};
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
              scratch[i % 2]));
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
    INDArray skips =
        buffers.get("skips", input.dataType(), context.rows(), skipBias.length()).assign(0);
    skips.addiRowVector(Matrices.row(skipBias.value()));
    INDArray x = input;
    for (WaveNetLayer layer : layers) {
      x = layer.forward(x, context, skips);
    }
    return skips;
  }

  /** dL/d input, given dL/d sum of the skips; sets the gradients of the parameters. */
  INDArray backward(INDArray gradient, Context context) {
    kernels.matMul(context.ones(), gradient, Matrices.row(skipBias.gradient()));
    @Nullable INDArray dx = null;
    for (int i = layers.size() - 1; i > 0; i--) {
      dx = layers.get(i).backward(dx, gradient);
    }
    return layers.get(0).backward(dx, gradient);
  }
}
