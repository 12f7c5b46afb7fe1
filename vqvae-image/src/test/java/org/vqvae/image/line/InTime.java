package org.vqvae.image.line;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Parameter;

/** A block of pictures of height 1, for sound {@code [N, T, C]}. */
record InTime(Block pictures) implements Block {
  /** Halves (transposed: doubles) the time. */
  static final Window HALVE = new Window(1, 4, 1, 2, 0, 1, 0, 1, 1, 1);

  @Override
  public List<Parameter> parameters() {
    return pictures.parameters();
  }

  @Override
  public INDArray forward(INDArray sound, Phase phase) {
    return flat(pictures.forward(high(sound), phase));
  }

  @Override
  public INDArray backward(INDArray gradient) {
    return flat(pictures.backward(high(gradient)));
  }

  private static INDArray high(INDArray sound) {
    return sound.reshape('c', sound.size(0), 1, sound.size(1), sound.size(2));
  }

  private static INDArray flat(INDArray pictures) {
    return pictures.reshape('c', pictures.size(0), pictures.size(2), pictures.size(3));
  }
}
