package org.vqvae.core.graph;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.vqvae.core.nn.ParameterVector;

/**
 * A {@link Node} as Deeplearning4j's configuration of a vertex.
 *
 * <p>It holds live objects and so is no configuration to write to a file: experiments are saved as
 * config text and weights, and the graph is built again from them.
 */
final class NodeConfiguration extends GraphVertex {
  private static final long serialVersionUID = 1L;

  private final transient Node node;
  private final transient IUpdater updater;
  private final DataType type;

  NodeConfiguration(Node node, IUpdater updater, DataType type) {
    this.node = node;
    this.updater = updater;
    this.type = type;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType networkType) {
    return new NodeVertex(graph, name, index, node, parameters, updater);
  }

  @Override
  public long numParams(boolean backprop) {
    return ParameterVector.length(node.parameters(), type);
  }

  @Override
  public int minVertexInputs() {
    return 1;
  }

  @Override
  public int maxVertexInputs() {
    return Integer.MAX_VALUE;
  }

  @Override
  public GraphVertex clone() {
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    throw new UnsupportedOperationException("a node's shapes are its own affair");
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    throw new UnsupportedOperationException("a node owns its buffers; there is no report of them");
  }
}
