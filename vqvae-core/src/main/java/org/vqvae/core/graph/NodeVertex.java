package org.vqvae.core.graph;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.vqvae.core.Phase;
import org.vqvae.core.nn.ParameterVector;

/**
 * A {@link Node} as a vertex of Deeplearning4j's graph. To the updater its parameters are one
 * array, named {@value #PARAMETERS}, so that all nodes of a graph are updated in one sweep.
 */
@SuppressWarnings("overrides") // setInputs lost its "..." in the base class
final class NodeVertex extends BaseGraphVertex {
  private static final long serialVersionUID = 1L;
  private static final String PARAMETERS = "parameters";

  private final transient Node node;
  private final transient IUpdater updater;
  private final transient @Nullable INDArray values;
  private transient @Nullable INDArray gradients;

  NodeVertex(
      ComputationGraph graph,
      String name,
      int index,
      Node node,
      @Nullable INDArray values,
      IUpdater updater) {
    super(graph, name, index, null, null, DataType.FLOAT);
    this.node = node;
    this.values = values;
    this.updater = updater;
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray view) {
    gradients = view;
    ParameterVector.bind(node.parameters(), requireNonNull(values), view);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    return node.forward(inputs, training ? Phase.TRAIN : Phase.EVAL);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray[] inputGradients = new INDArray[inputs.length];
    INDArray[] computed = node.backward(epsilon);
    System.arraycopy(computed, 0, inputGradients, 0, computed.length);
    Gradient gradient = new DefaultGradient();
    if (gradients != null) {
      gradient.setGradientFor(PARAMETERS, gradients);
    }
    return Pair.of(gradient, inputGradients);
  }

  @Override
  public @Nullable INDArray params() {
    return values;
  }

  @Override
  public @Nullable INDArray getGradientsViewArray() {
    return gradients;
  }

  @Override
  public Map<String, INDArray> paramTable(boolean backpropOnly) {
    return values == null ? Map.of() : Map.of(PARAMETERS, values);
  }

  @Override
  public boolean updaterDivideByMinibatch(String parameter) {
    return false;
  }

  @Override
  public TrainingConfig getConfig() {
    return new NodeTraining(vertexName, updater);
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public @Nullable Layer getLayer() {
    return null;
  }

  @Override
  public @Nullable Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState current, int batch) {
    return null;
  }

  @Override
  public String toString() {
    return "NodeVertex(" + vertexName + ", " + node.parameters() + ")";
  }

  /** One updater for all parameters; no clipping, no regularization. */
  private record NodeTraining(String name, IUpdater updater) implements TrainingConfig {
    @Override
    public String getLayerName() {
      return name;
    }

    @Override
    public List<Regularization> getRegularizationByParam(String parameter) {
      return List.of();
    }

    @Override
    public boolean isPretrainParam(String parameter) {
      return false;
    }

    @Override
    public IUpdater getUpdaterByParam(String parameter) {
      return updater;
    }

    @Override
    public GradientNormalization getGradientNormalization() {
      return GradientNormalization.None;
    }

    @Override
    public double getGradientNormalizationThreshold() {
      return 0;
    }

    @Override
    public void setDataType(DataType type) {}
  }
}
