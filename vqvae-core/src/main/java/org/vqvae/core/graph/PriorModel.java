package org.vqvae.core.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.vqvae.core.Phase;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.random.RandomStream;

/** A prior in training by gradient: minimizes the nats per code of training codes. */
public final class PriorModel implements Trained {
  private final PriorNetwork network;
  private final CodeLoss loss;
  private final StageGraph graph;

  /** Builds the graph around a prior's network and gives its parameters their first values. */
  public PriorModel(PriorNetwork network, CodeLoss loss, IUpdater updater, RandomStream random) {
    this.network = network;
    this.loss = loss;
    this.graph =
        new StageGraph.Builder(updater)
            .inputs("codes", "labels")
            .node("prior", new PriorNode(network), "codes", "labels")
            .build(random);
  }

  /**
   * One step of gradient descent.
   *
   * @param codes N examples' codes, one after another
   * @return the loss before the step, nats per code
   */
  public double train(int[] codes, int @Nullable [] labels, int examples) {
    INDArray logits = graph.forward(Nd4j.createFromArray(codes), Labels.toArray(labels, examples));
    double nats = loss.natsAndGradient(logits, codes);
    graph.update(logits);
    return nats;
  }

  public PriorNetwork network() {
    return network;
  }

  @Override
  public List<Parameter> parameters() {
    return graph.parameters();
  }

  @Override
  public INDArray optimizerState() {
    return graph.optimizerState();
  }

  @Override
  public int updates() {
    return graph.iteration();
  }

  @Override
  public void setUpdates(int updates) {
    graph.setIteration(updates);
  }

  /** Codes to logits. Its inputs are data, so nothing flows back past it. */
  private record PriorNode(PriorNetwork network) implements Node {
    @Override
    public List<Parameter> parameters() {
      return network.parameters();
    }

    @Override
    public INDArray forward(INDArray[] inputs, Phase phase) {
      return network.logits(inputs[0].toIntVector(), Labels.fromArray(inputs[1]), phase);
    }

    @Override
    public INDArray[] backward(INDArray gradient) {
      network.backward(gradient);
      return new INDArray[0];
    }
  }
}
