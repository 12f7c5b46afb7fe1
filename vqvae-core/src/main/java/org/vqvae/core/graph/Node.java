package org.vqvae.core.graph;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.nn.Parameter;

/**
 * A piece of a stage's graph with several inputs and one output: an encoder, a quantizer, a
 * decoder, a prior.
 */
interface Node {

  List<Parameter> parameters();

  /** Computes the output; the array may be overwritten by the next call. */
  INDArray forward(INDArray[] inputs, Phase phase);

  /**
   * Sets the gradients of the parameters.
   *
   * @param gradient dL/d output; may be overwritten
   * @return dL/d input for the inputs that come from other nodes, in their order; an array of its
   *     own each
   */
  INDArray[] backward(INDArray gradient);
}
