package org.vqvae.core.dl4j;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A DL4J network of either kind that computes; its arrays are in the order of axes that it wants.
 */
interface Network {

  /**
   * A parameter of a layer.
   *
   * @param name such as {@code conv1/W}
   * @param value a view of the network's weights
   * @param gradient a view of the gradient that {@link #backward} computes
   * @param isFrozen whether the layer does not learn
   */
  record Slot(String name, INDArray value, INDArray gradient, boolean isFrozen) {}

  List<Slot> slots();

  /** All weights, as DL4J lays them out. */
  INDArray weights();

  /**
   * Computes the output, and keeps what {@link #backward} needs. Always in DL4J's training mode: of
   * the layers that are allowed none differs between the modes, but in the other one an
   * ActivationLayer overwrites its input, which a skip connection still needs.
   */
  INDArray forward(INDArray input);

  /** Computes the gradients of the parameters, and returns that of the input. */
  INDArray backward(INDArray gradient);

  /**
   * The parameters of a layer; none if it has none.
   *
   * @param values all weights of the network, of which those of the layer are views
   * @param gradients all gradients, laid out like the weights
   */
  static List<Slot> slots(String layerName, Layer layer, INDArray values, INDArray gradients) {
    Map<String, INDArray> table = layer.paramTable();
    if (table == null) {
      return List.of();
    }
    boolean isFrozen = layer instanceof FrozenLayerWithBackprop;
    return table.entrySet().stream()
        .map(
            entry ->
                new Slot(
                    layerName + "/" + entry.getKey(),
                    entry.getValue(),
                    like(entry.getValue(), values, gradients),
                    isFrozen))
        .toList();
  }

  /** What lies in {@code gradients} where a view lies in {@code values}. */
  private static INDArray like(INDArray view, INDArray values, INDArray gradients) {
    long place = view.offset() - values.offset();
    return Nd4j.create(
        gradients.data(), view.shape(), view.stride(), gradients.offset() + place, view.ordering());
  }
}
