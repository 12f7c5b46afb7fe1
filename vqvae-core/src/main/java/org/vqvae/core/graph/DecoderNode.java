package org.vqvae.core.graph;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.Parameter;

/** z_q to the parameters of p(x | z_q); inputs are latents, data and labels. */
record DecoderNode(DecoderNetwork network) implements Node {

  @Override
  public List<Parameter> parameters() {
    return network.parameters();
  }

  @Override
  public INDArray forward(INDArray[] inputs, Phase phase) {
    return network.forward(inputs[0], inputs[1], Labels.fromArray(inputs[2]), phase);
  }

  @Override
  public INDArray[] backward(INDArray gradient) {
    return new INDArray[] {network.backward(gradient)};
  }
}
