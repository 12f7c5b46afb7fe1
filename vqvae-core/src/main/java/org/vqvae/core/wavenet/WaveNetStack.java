package org.vqvae.core.wavenet;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Scope;
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
  private final List<StackWorker> workers = new ArrayList<>();
  private final Buffers buffers = new Buffers();
  private StackWorker.@Nullable Arrays arrays;

  /**
   * Makes the layers, the skips and the head.
   *
   * @param scope names the parameters
   * @param conditions the length of c
   */
  WaveNetStack(
      Scope scope, Kernels kernels, WaveNetSettings settings, Alphabet alphabet, int conditions) {
    this.kernels = kernels;
    team = kernels.team();
    channels = settings.channels();
    for (int member = 0; member < team.size(); member++) {
      workers.add(
          new StackWorker(
              scope, team.kernels(member), member, team.size(), settings, alphabet, conditions));
    }
  }

  List<Parameter> parameters() {
    return workers.get(0).parameters();
  }

  List<WaveNetLayer> layers() {
    return workers.get(0).layers();
  }

  /** {@code [L * R, S]}, one layer's rows after another's. */
  Linear skip() {
    return workers.get(0).skip();
  }

  Head head() {
    return workers.get(0).head();
  }

  /**
   * The logits, {@code [T * N, K]}.
   *
   * @param input {@code [T * N, R]}
   */
  INDArray forward(INDArray input, StackPass pass) {
    StackWorker.Arrays scratch = scratch(input, pass.rows());
    for (int member = 1; member < workers.size(); member++) {
      workers.get(member).shareWeightsOf(workers.get(0));
    }
    team.run((member, progress) -> workers.get(member).forward(scratch, pass, progress));
    arrays = scratch;
    return scratch.head().logits();
  }

  private StackWorker.Arrays scratch(INDArray input, long rows) {
    DataType type = input.dataType();
    List<WaveNetLayer.Arrays> ofLayers = new ArrayList<>();
    INDArray x = input;
    for (int i = 0; i < layers().size(); i++) {
      boolean last = i + 1 == layers().size();
      INDArray next = last ? x : buffers.get("x" + i, type, rows, channels);
      INDArray filter = buffers.get("filter" + i, type, rows, channels);
      INDArray gate = buffers.get("gate" + i, type, rows, channels);
      ofLayers.add(new WaveNetLayer.Arrays(x, filter, gate, next));
      x = next;
    }
    return new StackWorker.Arrays(
        ofLayers,
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
  void backward(INDArray gradient, INDArray inputGradient, StackPass pass) {
    StackWorker.Arrays last = requireNonNull(arrays, "backward before forward");
    List<StackPass> passes = new ArrayList<>(List.of(pass));
    for (int member = 1; member < workers.size(); member++) {
      INDArray shared = pass.vectorsGradient();
      passes.add(pass.with(buffers.get("dvectors" + member, shared.dataType(), shared.shape())));
    }
    team.run(
        (member, progress) ->
            workers
                .get(member)
                .backward(last, gradient, inputGradient, passes.get(member), progress));
    team.run((member, progress) -> workers.get(member).addGradients(workers));
    for (StackPass other : passes.subList(1, passes.size())) {
      kernels.add(other.vectorsGradient(), pass.vectorsGradient());
    }
  }
}
