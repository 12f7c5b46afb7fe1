package org.vqvae.core.wavenet;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Team;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Parameter;

/**
 * WaveNet's layers one above the other, the sum of what each skips, {@code [z_1 ... z_L] S + s},
 * and the head above it, by the members of a team.
 */
final class WaveNetStack {
  private final Kernels kernels;
  private final Team team;
  private final int channels;
  private final List<Lane> lanes = new ArrayList<>();
  private final Buffers buffers = new Buffers();
  private Lane.@Nullable Arrays arrays;

  /**
   * Makes the layers, the skips and the head.
   *
   * @param conditions the length of c
   */
  WaveNetStack(
      Kernels kernels, String name, WaveNetSettings settings, Alphabet alphabet, int conditions) {
    this.kernels = kernels;
    team = kernels.team();
    channels = settings.channels();
    for (int member = 0; member < team.size(); member++) {
      lanes.add(
          new Lane(
              team.kernels(member), member, team.size(), name, settings, alphabet, conditions));
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

  Head head() {
    return lanes.get(0).head();
  }

  /**
   * The logits, {@code [T * N, K]}.
   *
   * @param input {@code [T * N, R]}
   */
  INDArray forward(INDArray input, Context context) {
    Lane.Arrays room = room(input, context.rows());
    for (int member = 1; member < lanes.size(); member++) {
      lanes.get(member).follow(lanes.get(0));
    }
    team.run((member, progress) -> lanes.get(member).forward(room, context, progress));
    arrays = room;
    return room.head().logits();
  }

  private Lane.Arrays room(INDArray input, long rows) {
    DataType type = input.dataType();
    List<WaveNetLayer.Arrays> room = new ArrayList<>();
    INDArray x = input;
    for (int i = 0; i < layers().size(); i++) {
      boolean last = i + 1 == layers().size();
      INDArray next = last ? x : buffers.get("x" + i, type, rows, channels);
      INDArray filter = buffers.get("filter" + i, type, rows, channels);
      INDArray gate = buffers.get("gate" + i, type, rows, channels);
      room.add(new WaveNetLayer.Arrays(x, filter, gate, next));
      x = next;
    }
    return new Lane.Arrays(
        room,
        new Head.Arrays(
            buffers.get("s", type, rows, skip().outputs()),
            buffers.get("h", type, rows, skip().outputs()),
            buffers.get("logits", type, rows, head().output().outputs())));
  }

  /**
   * Sets the gradients of the parameters.
   *
   * @param gradient dL/d logits
   * @param inputGradient receives dL/d input
   */
  void backward(INDArray gradient, INDArray inputGradient, Context context) {
    Lane.Arrays last = requireNonNull(arrays, "backward before forward");
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
                .backward(last, gradient, inputGradient, contexts.get(member), progress));
    team.run((member, progress) -> lanes.get(member).addGradients(lanes));
    for (Context other : contexts.subList(1, contexts.size())) {
      kernels.add(other.vectorsGradient(), context.vectorsGradient());
    }
  }
}
