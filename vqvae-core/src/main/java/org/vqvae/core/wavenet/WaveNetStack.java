package org.vqvae.core.wavenet;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Team;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.wavenet.WaveNetLayer.Arrays;

/**
 * WaveNet's layers one above the other, and the sum of what each skips to the head: {@code [z_1 ...
 * z_L] S + s}, one product for all layers.
 */
final class WaveNetStack {
  private final Kernels kernels;
  private final Team team;
  private final int channels;
  private final List<Lane> lanes = new ArrayList<>();
  private final Buffers buffers = new Buffers();
  private List<Arrays> arrays = List.of();

  /**
   * Makes the layers.
   *
   * @param conditions the length of c
   */
  WaveNetStack(Kernels kernels, String name, WaveNetSettings settings, int conditions) {
    this.kernels = kernels;
    team = kernels.team();
    channels = settings.channels();
    for (int member = 0; member < team.size(); member++) {
      lanes.add(new Lane(team.kernels(member), member, team.size(), name, settings, conditions));
    }
  }

  List<Parameter> parameters() {
    return lanes.get(0).parameters();
  }

  List<WaveNetLayer> layers() {
    return lanes.get(0).layers();
  }

  /** {@code [L * R, S]}, one layer's rows after another's. */
  Linear skip() {
    return lanes.get(0).skip();
  }

  /**
   * The sum of the skips, {@code [T * N, S]}.
   *
   * @param input {@code [T * N, R]}
   */
  INDArray forward(INDArray input, Context context) {
    DataType type = input.dataType();
    INDArray skips = buffers.get("skips", type, context.rows(), skip().biases().length());
    arrays = new ArrayList<>();
    INDArray x = input;
    for (int i = 0; i < layers().size(); i++) {
      INDArray filter = buffers.get("filter" + i, type, context.rows(), channels);
      INDArray gate = buffers.get("gate" + i, type, context.rows(), channels);
      boolean last = i + 1 == layers().size();
      INDArray next = last ? x : buffers.get("x" + i, type, context.rows(), channels);
      arrays.add(new Arrays(x, filter, gate, next));
      x = next;
    }
    for (int member = 1; member < lanes.size(); member++) {
      lanes.get(member).follow(lanes.get(0));
    }
    team.run((member, progress) -> lanes.get(member).forward(arrays, skips, context, progress));
    return skips;
  }

  /**
   * Sets the gradients of the parameters.
   *
   * @param gradient dL/d sum of the skips
   * @param inputGradient receives dL/d input
   */
  void backward(INDArray gradient, INDArray inputGradient, Context context) {
    List<Context> contexts = new ArrayList<>(List.of(context));
    for (int member = 1; member < lanes.size(); member++) {
      INDArray shared = context.vectorsGradient();
      contexts.add(
          context.with(buffers.get("dvectors" + member, shared.dataType(), shared.shape())));
    }
    team.run(
        (member, progress) ->
            lanes
                .get(member)
                .backward(arrays, gradient, inputGradient, contexts.get(member), progress));
    team.run((member, progress) -> lanes.get(member).addGradients(lanes));
    for (Context other : contexts.subList(1, contexts.size())) {
      kernels.add(other.vectorsGradient(), context.vectorsGradient());
    }
  }
}
