package org.vqvae.core.dl4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;

/** A block whose parameters have their first values. */
record Built(Block block, ParameterVector parameters) {

  static Built of(Block block, DataType type) {
    ParameterVector parameters = ParameterVector.allocate(block.parameters(), type);
    parameters.initialize(RandomStream.of(7, "parameters"));
    return new Built(block, parameters);
  }

  /** The block of a network on data of that shape {@code [N, ...grid, channels]}. */
  static Built of(Dl4jNetwork network, DataType type, INDArray x) {
    return of(new Dl4jBlock(network, form(network, x), scope()), type);
  }

  private static Dl4jNetwork.Form form(Dl4jNetwork network, INDArray x) {
    return network.form(Networks.grid(x), (int) x.size(x.rank() - 1));
  }

  static Scope scope() {
    return Scope.root(new RandomStreams(3)).child("encoder");
  }

  INDArray evaluate(INDArray x) {
    return block.forward(x, Phase.EVAL).dup('c');
  }
}
