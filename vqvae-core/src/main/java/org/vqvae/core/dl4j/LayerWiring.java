package org.vqvae.core.dl4j;

import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.IncompatibleException;

/** The configuration of a {@link MultiLayerNetwork}. */
record LayerWiring(MultiLayerConfiguration configuration) implements Wiring {

  @Override
  public List<Stage> stages() {
    return IntStream.range(0, configuration.getConfs().size()).mapToObj(this::stage).toList();
  }

  private Stage stage(int index) {
    Layer layer = configuration.getConf(index).getLayer();
    String name = layer.getLayerName() == null ? String.valueOf(index) : layer.getLayerName();
    return Stage.of(name, configuration.getInputPreProcess(index), layer);
  }

  @Override
  public long weights() {
    return configuration.getConfs().stream()
        .mapToLong(conf -> conf.getLayer().initializer().numParams(conf))
        .sum();
  }

  @Override
  public String json() {
    return configuration.toJson();
  }

  @Override
  public Network instantiate(DataType type, long seed) {
    MultiLayerConfiguration own = configuration.clone();
    own.setDataType(type);
    own.setTrainingWorkspaceMode(WorkspaceMode.NONE);
    own.setInferenceWorkspaceMode(WorkspaceMode.NONE);
    own.setCacheMode(CacheMode.NONE);
    own.getConfs()
        .forEach(
            conf -> {
              conf.setSeed(seed);
              conf.setCacheMode(CacheMode.NONE);
            });
    MultiLayerNetwork network = new MultiLayerNetwork(own);
    network.init();
    network.initGradientsView();
    return new LayerNetwork(network, stages());
  }

  @Override
  public void checkRoad(String origin) {
    if (configuration.getConfs().isEmpty()) {
      throw new IncompatibleException(origin + ": the network has no layers");
    }
  }
}
