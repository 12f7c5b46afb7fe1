package org.vqvae.core.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.jspecify.annotations.Nullable;

/**
 * A layer or vertex of a network's configuration.
 *
 * @param name as DL4J names it
 * @param parts what it is made of, in the order of the data: preprocessor, layer, layers that this
 *     one wraps
 */
record Stage(String name, List<Object> parts) {

  Stage {
    parts = List.copyOf(parts);
  }

  static Stage of(String name, @Nullable InputPreProcessor before, Layer layer) {
    List<Object> parts = new ArrayList<>();
    if (before != null) {
      parts.add(before);
    }
    addLayer(layer, parts);
    return new Stage(name, parts);
  }

  static Stage of(String name, GraphVertex vertex) {
    if (vertex instanceof LayerVertex it) {
      return of(name, it.getPreProcessor(), it.getLayerConf().getLayer());
    }
    if (vertex instanceof PreprocessorVertex it) {
      return new Stage(name, List.of(vertex, it.getPreProcessor()));
    }
    return new Stage(name, List.of(vertex));
  }

  private static void addLayer(Layer layer, List<Object> parts) {
    parts.add(layer);
    if (layer instanceof BaseWrapperLayer wrapper) {
      addLayer(wrapper.getUnderlying(), parts);
    } else if (layer instanceof Bidirectional both) {
      addLayer(both.getFwd(), parts);
      addLayer(both.getBwd(), parts);
    } else if (layer instanceof FrozenLayer frozen) {
      addLayer(frozen.getLayer(), parts);
    }
  }
}
