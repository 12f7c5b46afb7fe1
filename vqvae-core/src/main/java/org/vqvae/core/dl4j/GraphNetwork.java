package org.vqvae.core.dl4j;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link ComputationGraph} whose errors come from outside. */
final class GraphNetwork implements Network {
  private final OpenGraph graph;
  private final String input;
  private final String output;
  private final List<Slot> slots;

  /** Keeps the gradient of the input, which a graph computes and throws away. */
  private static final class OpenGraph extends ComputationGraph {
    private static final long serialVersionUID = 1L;

    OpenGraph(ComputationGraphConfiguration configuration) {
      super(configuration);
    }

    void backward(INDArray gradient) {
      calcBackpropGradients(false, false, gradient);
    }
  }

  private GraphNetwork(OpenGraph graph) {
    this.graph = graph;
    this.input = graph.getConfiguration().getNetworkInputs().get(0);
    this.output = graph.getConfiguration().getNetworkOutputs().get(0);
    this.slots =
        Arrays.stream(graph.getVertices())
            .filter(GraphVertex::hasLayer)
            .flatMap(it -> slots(it).stream())
            .toList();
  }

  static GraphNetwork of(ComputationGraphConfiguration configuration) {
    OpenGraph graph = new OpenGraph(configuration);
    graph.init();
    graph.initGradientsView();
    return new GraphNetwork(graph);
  }

  private List<Slot> slots(GraphVertex vertex) {
    return Network.slots(
        vertex.getVertexName(), vertex.getLayer(), graph.params(), graph.getGradientsViewArray());
  }

  @Override
  public List<Slot> slots() {
    return slots;
  }

  @Override
  public INDArray weights() {
    return graph.params();
  }

  @Override
  public INDArray forward(INDArray x) {
    clear();
    return requireNonNull(graph.feedForward(new INDArray[] {x}, true, false).get(output));
  }

  @Override
  public INDArray backward(INDArray gradient) {
    graph.backward(gradient);
    INDArray inputGradient = graph.getVertex(input).getEpsilon();
    clear();
    return inputGradient;
  }

  private void clear() {
    for (GraphVertex vertex : graph.getVertices()) {
      vertex.clear();
    }
  }
}
