package org.vqvae.core.wavenet;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.wavenet.Layout.Span;

/**
 * WaveNet's layers one above the other, the sum of what each skips, {@code [z_1 ... z_L] S + s},
 * and the head above it, by workers who take one block of rows after the other.
 *
 * <p>A block waits, layer by layer, for the blocks that its rows look at. Gradients are added up in
 * lanes: a block adds to the lane of its number, after the block before it in that lane; the lanes
 * are added in their order. So they do not depend on who computed which block.
 */
final class WaveNetStack {
  /** More keep more workers busy with one sequence, and each needs room for all gradients. */
  private static final int LANES = 4;

  private final Kernels kernels;
  private final Workers workers;
  private final int channels;
  private final StackWorker parameters;
  private final List<StackWorker> each = new ArrayList<>();
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
    workers = kernels.workers();
    channels = settings.channels();
    parameters = new StackWorker(scope, kernels, settings, alphabet, conditions);
    for (int worker = 0; worker < workers.size(); worker++) {
      each.add(new StackWorker(scope, workers.kernels(worker), settings, alphabet, conditions));
    }
  }

  List<Parameter> parameters() {
    return parameters.parameters();
  }

  List<WaveNetLayer> layers() {
    return parameters.layers();
  }

  /** {@code [L * R, S]}, one layer's rows after another's. */
  Linear skip() {
    return parameters.skip();
  }

  Head head() {
    return parameters.head();
  }

  /**
   * The logits, {@code [T * N, K]}.
   *
   * @param input {@code [T * N, R]}
   */
  INDArray forward(INDArray input, StackPass pass) {
    StackWorker.Arrays scratch = scratch(input, pass.rows());
    List<Span> blocks = pass.layout().blocks();
    Lane lane = firstLane(pass);
    each.forEach(worker -> worker.use(lane));
    workers.run(
        blocks.size(),
        (number, worker, progress) ->
            each.get(worker).forward(scratch, pass, blocks.get(number), number, progress));
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
    List<Span> blocks = new ArrayList<>(pass.layout().blocks());
    Collections.reverse(blocks); // what looks at a row comes before it
    List<Lane> lanes = lanes(pass, Math.min(LANES, blocks.size()));
    int layers = layers().size();
    workers.run(
        blocks.size(),
        (number, worker, progress) -> {
          int before = number - lanes.size();
          progress.await(Math.max(0, before), Math.max(0, before + 1), layers + 1);
          Lane lane = lanes.get(number % lanes.size());
          StackWorker own = each.get(worker);
          own.use(lane);
          if (before < 0) {
            own.clearGradients(lane.pass());
          }
          own.backward(
              last, gradient, inputGradient, lane.pass(), blocks.get(number), number, progress);
          progress.done(number, layers + 1);
        });
    addUp(lanes);
  }

  /** Adds the gradients of all lanes to those of the first, which are the parameters' own. */
  private void addUp(List<Lane> lanes) {
    Lane sum = lanes.get(0);
    List<Lane> others = lanes.subList(1, lanes.size());
    workers.run(
        sum.gradients().size(),
        (i, worker, progress) ->
            others.forEach(
                lane ->
                    workers.kernels(worker).add(lane.gradients().get(i), sum.gradients().get(i))));
    others.forEach(
        lane -> kernels.add(lane.pass().vectorsGradient(), sum.pass().vectorsGradient()));
  }

  private List<Lane> lanes(StackPass pass, int count) {
    Lane first = firstLane(pass);
    List<Lane> lanes = new ArrayList<>(List.of(first));
    for (int i = 1; i < count; i++) {
      int lane = i;
      List<INDArray> gradients =
          IntStream.range(0, first.gradients().size())
              .mapToObj(n -> own("lane" + lane + "/" + n, first.gradients().get(n)))
              .toList();
      StackPass other = pass.with(own("dvectors" + lane, pass.vectorsGradient()));
      lanes.add(new Lane(first.values(), gradients, other));
    }
    return lanes;
  }

  private Lane firstLane(StackPass pass) {
    return new Lane(
        parameters().stream().map(Parameter::value).toList(),
        parameters().stream().map(Parameter::gradient).toList(),
        pass);
  }

  private INDArray own(String name, INDArray like) {
    return buffers.get(name, like.dataType(), like.shape());
  }
}
