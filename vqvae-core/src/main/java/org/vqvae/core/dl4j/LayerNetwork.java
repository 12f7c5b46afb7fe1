package org.vqvae.core.dl4j;

import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link MultiLayerNetwork} whose errors come from outside. */
final class LayerNetwork implements Network {
  private final MultiLayerNetwork network;
  private final List<Slot> slots;

  /**
   * @param network initialized
   * @param stages of its layers, in their order
   */
  LayerNetwork(MultiLayerNetwork network, List<Stage> stages) {
    this.network = network;
    this.slots =
        IntStream.range(0, stages.size())
            .mapToObj(i -> slots(stages.get(i).name(), network.getLayer(i)))
            .flatMap(List::stream)
            .toList();
  }

  private List<Slot> slots(String name, Layer layer) {
    return Network.slots(name, layer, network.params(), network.getGradientsViewArray());
  }

  @Override
  public List<Slot> slots() {
    return slots;
  }

  @Override
  public INDArray weights() {
    return network.params();
  }

  @Override
  public INDArray forward(INDArray input) {
    clear();
    network.setInput(input);
    List<INDArray> activations = network.feedForward(true, false);
    return activations.get(activations.size() - 1);
  }

  @Override
  public INDArray backward(INDArray gradient) {
    INDArray inputGradient =
        network.backpropGradient(gradient, LayerWorkspaceMgr.noWorkspaces()).getSecond();
    clear();
    return inputGradient;
  }

  private void clear() {
    for (Layer layer : network.getLayers()) {
      layer.clear();
    }
  }
}
