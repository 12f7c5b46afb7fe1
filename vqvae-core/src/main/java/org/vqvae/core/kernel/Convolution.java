package org.vqvae.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution or transposed convolution prepared for one {@link ConvolutionSpec}. It keeps no
 * reference to an array that it is given.
 *
 * <p>Weights are read at each call, but between {@link Kernels#beginParts} and {@link
 * Kernels#endParts} perhaps only at the first one: until then an array of weights keeps its values.
 */
public interface Convolution extends AutoCloseable {

  /**
   * Computes the output, with the spec's epilogue.
   *
   * @param x {@code [N, H, W, inChannels]}
   * @param w {@code [kernelHeight, kernelWidth, inChannels, outChannels]}; transposed: {@code
   *     [kernelHeight, kernelWidth, outChannels, inChannels]}
   * @param b {@code [outChannels]}
   * @param y {@code [N, outHeight, outWidth, outChannels]}
   */
  void forward(INDArray x, INDArray w, INDArray b, INDArray y);

  /**
   * The gradient with respect to x of the linear part (the epilogue's gradient is the caller's).
   */
  void backwardData(INDArray yGradient, INDArray w, INDArray xGradient);

  /** The gradients with respect to w and b of the linear part; both are overwritten. */
  void backwardWeights(INDArray x, INDArray yGradient, INDArray wGradient, INDArray bGradient);

  @Override
  void close();
}
