package org.vqvae.core.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;

/** Blocks one behind the other. */
public final class Sequential implements Block {
  private final List<Block> blocks;

  public Sequential(List<? extends Block> blocks) {
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("a sequence needs at least one block");
    }
    this.blocks = List.copyOf(blocks);
  }

  @Override
  public List<Parameter> parameters() {
    return blocks.stream().flatMap(block -> block.parameters().stream()).toList();
  }

  @Override
  public INDArray forward(INDArray input, Phase phase) {
    INDArray x = input;
    for (Block block : blocks) {
      x = block.forward(x, phase);
    }
    return x;
  }

  @Override
  public INDArray backward(INDArray gradient) {
    return blocks.get(0).backward(backwardToFirst(gradient));
  }

  @Override
  public void backwardParametersOnly(INDArray gradient) {
    blocks.get(0).backwardParametersOnly(backwardToFirst(gradient));
  }

  private INDArray backwardToFirst(INDArray gradient) {
    INDArray dx = gradient;
    for (int i = blocks.size() - 1; i > 0; i--) {
      dx = blocks.get(i).backward(dx);
    }
    return dx;
  }
}
