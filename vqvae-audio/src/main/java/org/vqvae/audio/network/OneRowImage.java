package org.vqvae.audio.network;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Parameter;

/** A block for pictures as one for sound: {@code [N, T, C]} passes as {@code [N, 1, T, C]}. */
record OneRowImage(Block block) implements Block {

  @Override
  public List<Parameter> parameters() {
    return block.parameters();
  }

  @Override
  public INDArray forward(INDArray input, Phase phase) {
    return flat(block.forward(picture(input), phase));
  }

  @Override
  public INDArray backward(INDArray gradient) {
    return flat(block.backward(picture(gradient)));
  }

  @Override
  public void backwardParametersOnly(INDArray gradient) {
    block.backwardParametersOnly(picture(gradient));
  }

  private static INDArray picture(INDArray sound) {
    return sound.reshape('c', sound.size(0), 1, sound.size(1), sound.size(2));
  }

  private static INDArray flat(INDArray picture) {
    return picture.reshape('c', picture.size(0), picture.size(2), picture.size(3));
  }
}
