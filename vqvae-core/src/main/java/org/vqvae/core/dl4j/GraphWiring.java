package org.vqvae.core.dl4j;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.IncompatibleException;

/** The configuration of a {@link ComputationGraph}. */
record GraphWiring(ComputationGraphConfiguration configuration) implements Wiring {

  @Override
  public List<Stage> stages() {
    return fromInput().stream()
        .map(name -> Stage.of(name, requireNonNull(configuration.getVertices().get(name))))
        .toList();
  }

  /** The vertices, breadth first. */
  private Set<String> fromInput() {
    List<String> queue = new ArrayList<>(configuration.getNetworkInputs());
    Set<String> found = new LinkedHashSet<>();
    for (int i = 0; i < queue.size(); i++) {
      consumers(queue.get(i)).stream().filter(found::add).forEach(queue::add);
    }
    found.addAll(configuration.getVertices().keySet());
    return found;
  }

  private List<String> consumers(String vertex) {
    return configuration.getVertexInputs().entrySet().stream()
        .filter(entry -> entry.getValue().contains(vertex))
        .map(entry -> entry.getKey())
        .toList();
  }

  @Override
  public long weights() {
    return configuration.getVertices().values().stream()
        .mapToLong(vertex -> vertex.numParams(true))
        .sum();
  }

  @Override
  public String json() {
    return configuration.toJson();
  }

  @Override
  public Network instantiate(DataType type, long seed) {
    ComputationGraphConfiguration own = configuration.clone();
    own.setDataType(type);
    own.setTrainingWorkspaceMode(WorkspaceMode.NONE);
    own.setInferenceWorkspaceMode(WorkspaceMode.NONE);
    own.setCacheMode(CacheMode.NONE);
    own.getDefaultConfiguration().setSeed(seed);
    own.getVertices().values().stream()
        .filter(LayerVertex.class::isInstance)
        .map(vertex -> ((LayerVertex) vertex).getLayerConf())
        .forEach(
            conf -> {
              conf.setSeed(seed);
              conf.setCacheMode(CacheMode.NONE);
            });
    return GraphNetwork.of(own);
  }

  @Override
  public void checkRoad(String origin) {
    List<String> inputs = configuration.getNetworkInputs();
    List<String> outputs = configuration.getNetworkOutputs();
    if (inputs.size() != 1 || outputs.size() != 1) {
      throw new IncompatibleException(
          "%s: the network has inputs %s and outputs %s: an encoder or decoder has one of each"
              .formatted(origin, inputs, outputs));
    }
    String output = outputs.get(0);
    if (!consumers(output).isEmpty()) {
      throw new IncompatibleException(
          "%s: the output \"%s\" is also the input of %s, of which DL4J 1.0.0-M2.1 loses the gradient: put an identity ActivationLayer behind \"%s\" and make that the output"
              .formatted(origin, output, consumers(output), output));
    }
  }
}
