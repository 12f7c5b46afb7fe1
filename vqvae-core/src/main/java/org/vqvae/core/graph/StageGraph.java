package org.vqvae.core.graph;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.random.RandomStream;

/**
 * The network of one stage as a Deeplearning4j {@link ComputationGraph}: forward, backward, update.
 *
 * <p>The loss stands outside: the caller computes it and its gradient from the output. Nodes own
 * their buffers, so workspaces are off and a step allocates next to nothing. Losses are means
 * already, so no gradient is divided by the batch size.
 */
final class StageGraph {
  private static final DataType TYPE = DataType.FLOAT;

  private final ComputationGraph graph;
  private final List<Parameter> parameters;
  private final String output;
  private int iteration;

  private StageGraph(ComputationGraph graph, List<Parameter> parameters, String output) {
    this.graph = graph;
    this.parameters = List.copyOf(parameters);
    this.output = output;
  }

  /** Collects inputs and nodes; the node added last is the output. */
  static final class Builder {
    private final IUpdater updater;
    private final GraphBuilder builder;
    private final List<Parameter> parameters = new ArrayList<>();
    private String last = "";

    Builder(IUpdater updater) {
      this.updater = updater;
      this.builder =
          new NeuralNetConfiguration.Builder()
              .dataType(TYPE)
              .updater(updater)
              .miniBatch(false)
              .trainingWorkspaceMode(WorkspaceMode.NONE)
              .inferenceWorkspaceMode(WorkspaceMode.NONE)
              .graphBuilder();
    }

    Builder inputs(String... names) {
      builder.addInputs(names);
      return this;
    }

    Builder node(String name, Node node, String... inputs) {
      builder.addVertex(name, new NodeConfiguration(node, updater, TYPE), inputs);
      parameters.addAll(node.parameters());
      last = name;
      return this;
    }

    /** Builds the graph; parameters get their first values from {@code random}, in order. */
    StageGraph build(RandomStream random) {
      ComputationGraph graph = new ComputationGraph(builder.setOutputs(last).build());
      graph.init();
      graph.initGradientsView();
      parameters.forEach(parameter -> parameter.initialize(random));
      return new StageGraph(graph, parameters, last);
    }
  }

  /** The training pass: the output, overwritten by the next. */
  INDArray forward(INDArray... inputs) {
    Map<String, INDArray> activations = graph.feedForward(inputs, true, false);
    return requireNonNull(activations.get(output));
  }

  /** Carries dL/d output back through the graph and lets the updater change the parameters. */
  void update(INDArray outputGradient) {
    Gradient gradient = graph.backpropGradient(outputGradient);
    graph.getUpdater().update(gradient, iteration, 0, 1, LayerWorkspaceMgr.noWorkspaces());
    graph.params().subi(gradient.gradient());
    iteration++;
  }

  /** Every parameter, in the order of the graph. */
  List<Parameter> parameters() {
    return parameters;
  }

  /** The optimizer's state, such as Adam's moments, in one array that may be assigned to. */
  INDArray optimizerState() {
    return graph.getUpdater().getStateViewArray();
  }

  /** The number of updates so far: Adam's t. */
  int iteration() {
    return iteration;
  }

  void setIteration(int updates) {
    iteration = updates;
  }
}
