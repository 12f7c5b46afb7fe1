package org.vqvae.core.dl4j;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.serde.JsonMappers;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.store.StoreException;

/**
 * A network of Deeplearning4j that can be built any number of times: a configuration, with or
 * without weights to start from.
 *
 * <p>Only the road from input to output is used. DL4J's updaters, learning rates, regularization
 * and gradient clipping are not: the experiment's optimizer trains.
 */
public final class Dl4jNetwork {
  private final String origin;
  private final Wiring wiring;
  private final Formats formats;
  private final StartWeights weights;

  /**
   * The form of what a network makes of one example.
   *
   * @param axes their order in the network; if flat, the grid has one position
   */
  record Form(Axes axes, Grid grid, int channels) {}

  private Dl4jNetwork(String origin, Wiring wiring, StartWeights weights) {
    LayerRules.check(origin, wiring);
    this.origin = origin;
    this.wiring = wiring;
    this.formats = Formats.of(origin, wiring);
    this.weights = weights;
  }

  /**
   * The network of a configuration; not changed later by changes of that.
   *
   * @throws IncompatibleException here and below, if a layer cannot run; the message names it
   */
  public static Dl4jNetwork of(MultiLayerConfiguration configuration) {
    return new Dl4jNetwork(
        "the DL4J network", new LayerWiring(configuration.clone()), StartWeights.NONE);
  }

  /** The network of a configuration. */
  public static Dl4jNetwork of(ComputationGraphConfiguration configuration) {
    return new Dl4jNetwork(
        "the DL4J network", new GraphWiring(configuration.clone()), StartWeights.NONE);
  }

  /** The like of an initialized network, which starts from a copy of that one's weights. */
  public static Dl4jNetwork of(MultiLayerNetwork network) {
    return new Dl4jNetwork(
        "the DL4J network",
        new LayerWiring(network.getLayerWiseConfigurations().clone()),
        StartWeights.of(network.params().dup()));
  }

  /** The like of an initialized graph, which starts from a copy of that one's weights. */
  public static Dl4jNetwork of(ComputationGraph network) {
    return new Dl4jNetwork(
        "the DL4J network",
        new GraphWiring(network.getConfiguration().clone()),
        StartWeights.of(network.params().dup()));
  }

  /** The network of a configuration in DL4J's JSON. */
  public static Dl4jNetwork ofJson(String json) {
    return ofJson("the DL4J network", json);
  }

  private static Dl4jNetwork ofJson(String origin, String json) {
    Wiring wiring = new NetworkJson(origin, json, AllowedClasses.load()).read();
    return new Dl4jNetwork(origin, wiring, StartWeights.NONE);
  }

  /**
   * The network of a file: the zip of DL4J's ModelSerializer, from whose weights it starts, or the
   * JSON of a configuration.
   *
   * @throws StoreException if the file cannot be read
   */
  public static Dl4jNetwork ofFile(Path file) {
    NetworkFile saved = new NetworkFile(file);
    Dl4jNetwork network = ofJson(file.toString(), saved.json());
    return saved.isZip() ? network.startingFrom(saved) : network;
  }

  private Dl4jNetwork startingFrom(NetworkFile saved) {
    long count = guarded("it cannot be built", wiring::weights);
    return new Dl4jNetwork(
        origin, wiring, count == 0 ? StartWeights.NONE : StartWeights.of(saved.weights(count)));
  }

  /**
   * The network of a configuration that a run has kept. Its file is read when training starts from
   * its weights, and not before.
   *
   * @param digest of the weights that the file had, as {@link StartWeights#digest} gave it
   */
  static Dl4jNetwork ofKept(String json, Path file, String digest) {
    Dl4jNetwork kept = ofJson("the kept configuration of " + file, json);
    return new Dl4jNetwork(
        kept.origin,
        kept.wiring,
        digest.equals(StartWeights.NO_DIGEST) ? StartWeights.NONE : () -> kept.saved(file, digest));
  }

  /** The weights of this network's file. */
  private Optional<INDArray> saved(Path file, String digest) {
    Dl4jNetwork now;
    try {
      now = ofFile(file);
    } catch (IncompatibleException | StoreException e) {
      throw gone(file, String.valueOf(e.getMessage()));
    }
    if (!now.json().equals(json()) || !now.weights.digest().equals(digest)) {
      throw gone(file, "it holds another network, or other weights, than when the run began");
    }
    return now.weights.read();
  }

  private static IncompatibleException gone(Path file, String reason) {
    return new IncompatibleException(
        "%s: training starts from its weights, but %s; put the file back as it was, or begin a new run with another one"
            .formatted(file, reason));
  }

  /** What it starts from. */
  StartWeights weights() {
    return weights;
  }

  /** The configuration in DL4J's JSON, without weights. */
  public String json() {
    try {
      return JsonMappers.getMapper().readTree(wiring.json()).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("DL4J wrote JSON that it cannot read", e);
    }
  }

  /**
   * What the network makes of one example.
   *
   * @throws IncompatibleException if it cannot take one; the message says DL4J's reason
   */
  Form form(Grid grid, int channels) {
    INDArray example = Nd4j.zeros(DataType.FLOAT, grid.arrayShape(1, channels));
    Network network = build(DataType.FLOAT, 0);
    INDArray output =
        guarded(
            "it cannot take %s with %d channels".formatted(grid, channels),
            () -> network.forward(input(grid).fromOurs(example).dup('c')));
    return form(output, grid.rank());
  }

  private Form form(INDArray output, int gridRank) {
    int[] shape = Arrays.stream(output.shape()).mapToInt(Math::toIntExact).toArray();
    if (shape[0] != 1 || (shape.length != 2 && shape.length != gridRank + 2)) {
      throw new IncompatibleException(
          "%s: it makes an array %s of one example of rank %d: its output must be [1, features], or have as many axes as its input"
              .formatted(origin, Arrays.toString(shape), gridRank));
    }
    Axes axes = formats.ofRank(shape.length);
    if (axes == Axes.FLAT) {
      return new Form(axes, new Grid(ones(gridRank)), shape[1]);
    }
    boolean first = axes == Axes.CHANNELS_FIRST;
    int from = first ? 2 : 1;
    return new Form(
        axes,
        new Grid(Arrays.copyOfRange(shape, from, from + gridRank)),
        shape[first ? 1 : shape.length - 1]);
  }

  private static int[] ones(int count) {
    int[] ones = new int[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The order of axes of its input, an example of that grid. */
  Axes input(Grid grid) {
    if (grid.rank() > 2) {
      throw new IncompatibleException(
          "%s: the grid %s has more than two dimensions, which no DL4J network here takes"
              .formatted(origin, grid));
    }
    return formats.input(grid.rank() + 2);
  }

  /**
   * A new network that has DL4J's own first values.
   *
   * @param seed of these
   */
  Network build(DataType type, long seed) {
    return guarded("it cannot be built", () -> wiring.instantiate(type, seed));
  }

  /**
   * A new network that has the first values of a training.
   *
   * @param seed of DL4J's own first values, if no weights were saved
   * @throws IncompatibleException if the file of the weights is no longer what it was
   */
  Network starting(long seed) {
    Network network = build(DataType.FLOAT, seed);
    weights
        .read()
        .ifPresent(saved -> network.weights().assign(saved.reshape(network.weights().shape())));
    return network;
  }

  /** DL4J's complaints, which are of many types, as one of ours. */
  private <T> T guarded(String what, Supplier<T> action) {
    try {
      return action.get();
    } catch (RuntimeException e) {
      IncompatibleException refusal =
          new IncompatibleException(
              "%s: %s: DL4J says \"%s\"; change the network, or the data or latents that it is given"
                  .formatted(origin, what, String.valueOf(e.getMessage()).strip()));
      refusal.initCause(e);
      throw refusal;
    }
  }

  @Override
  public String toString() {
    return origin;
  }
}
