package org.vqvae.core.dl4j;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Grid;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.Parameter;

/**
 * A DL4J network as a block: it learns with our optimizer, and its weights are saved with ours.
 *
 * <p>DL4J keeps weights in one dense vector of its own, so values are copied into it before each
 * forward pass, and gradients out of it after each backward pass. The network computes in the type
 * of its input, FLOAT or DOUBLE. A parameter is named after its layer, such as {@code
 * encoder/conv1/w}.
 */
public final class Dl4jBlock implements Block {
  private final Dl4jNetwork source;
  private final Axes outputAxes;
  private final Grid outputGrid;
  private final long seed;
  private final List<Parameter> parameters = new ArrayList<>();
  private final Map<DataType, Network> networks = new EnumMap<>(DataType.class);
  private final Buffers buffers = new Buffers();
  private @Nullable Pass last;

  /** What the backward pass needs of a forward pass. */
  private record Pass(Network network, Axes inputAxes, Grid inputGrid) {}

  /**
   * A block of new parameters.
   *
   * @param form of its output; a flat one may be given another grid of as many values
   * @param scope where it stands: names its parameters and seeds their first values
   */
  Dl4jBlock(Dl4jNetwork source, Dl4jNetwork.Form form, Scope scope) {
    this.source = source;
    this.outputAxes = form.axes();
    this.outputGrid = form.grid();
    this.seed = scope.random("first-values").child(0).nextLong();
    FirstValues first = new FirstValues(() -> source.starting(seed));
    for (Network.Slot slot : network(DataType.FLOAT).slots()) {
      parameters.add(parameter(slot, first, scope));
    }
  }

  private static Parameter parameter(Network.Slot slot, FirstValues first, Scope scope) {
    String name = slot.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9/-]", "-");
    Parameter.Initializer initializer = (value, random) -> value.assign(first.take(slot.name()));
    long[] shape = slot.value().shape();
    return slot.isFrozen()
        ? scope.state(name, initializer, shape)
        : scope.learned(name, initializer, shape);
  }

  private Network network(DataType type) {
    return networks.computeIfAbsent(type, it -> source.build(it, seed));
  }

  @Override
  public List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  @Override
  public INDArray forward(INDArray input, Phase phase) {
    Network network = network(input.dataType());
    List<Network.Slot> slots = network.slots();
    for (int i = 0; i < slots.size(); i++) {
      slots.get(i).value().assign(parameters.get(i).value());
    }
    Grid grid = gridOf(input);
    Axes axes = source.input(grid);
    INDArray output = network.forward(axes.fromOurs(input).dup('c'));
    last = new Pass(network, axes, grid);
    return keep("output", outputAxes.toOurs(output, outputGrid));
  }

  @Override
  public INDArray backward(INDArray gradient) {
    if (last == null) {
      throw new IllegalStateException(source + ": backward needs a forward pass first");
    }
    Pass pass = last;
    last = null;
    INDArray inputGradient = pass.network.backward(outputAxes.fromOurs(gradient).dup('c'));
    List<Network.Slot> slots = pass.network.slots();
    for (int i = 0; i < slots.size(); i++) {
      if (parameters.get(i).isLearned()) {
        parameters.get(i).gradient().assign(slots.get(i).gradient());
      }
    }
    return keep("input gradient", pass.inputAxes.toOurs(inputGradient, pass.inputGrid));
  }

  /** The block's own copy, which DL4J's next pass does not change. */
  private INDArray keep(String name, INDArray array) {
    return buffers.get(name, array.dataType(), array.shape()).assign(array);
  }

  private static Grid gridOf(INDArray array) {
    int[] grid = new int[array.rank() - 2];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = (int) array.size(i + 1);
    }
    return new Grid(grid);
  }
}
