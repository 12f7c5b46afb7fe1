package org.vqvae.core.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;

/**
 * A differentiable piece of a network with one input and one output, both channels-last.
 *
 * <p>A block owns the arrays that it returns and may overwrite them at its next call; it keeps what
 * its backward pass needs. Blocks are not thread-safe.
 */
public interface Block extends Parameterized {

  /** What it learns or keeps, in a fixed order. */
  @Override
  List<Parameter> parameters();

  /**
   * Computes the output.
   *
   * @param input {@code [N, ...grid, channels]}
   */
  INDArray forward(INDArray input, Phase phase);

  /**
   * Computes the gradient of the last forward pass, and sets the gradient of every learned
   * parameter.
   *
   * @param gradient dL/d output; may be overwritten
   * @return dL/d input
   */
  INDArray backward(INDArray gradient);

  /**
   * As {@link #backward}, for a block whose input is data: nobody asks for dL/d input, so a block
   * may skip it.
   */
  default void backwardParametersOnly(INDArray gradient) {
    backward(gradient);
  }
}
