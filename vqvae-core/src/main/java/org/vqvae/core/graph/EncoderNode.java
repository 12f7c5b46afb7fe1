package org.vqvae.core.graph;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Parameter;

/** x to z_e(x). Its input is data, so nothing flows back past it. */
record EncoderNode(Block block) implements Node {

  @Override
  public List<Parameter> parameters() {
    return block.parameters();
  }

  @Override
  public INDArray forward(INDArray[] inputs, Phase phase) {
    return block.forward(inputs[0], phase);
  }

  @Override
  public INDArray[] backward(INDArray gradient) {
    block.backwardParametersOnly(gradient);
    return new INDArray[0];
  }
}
