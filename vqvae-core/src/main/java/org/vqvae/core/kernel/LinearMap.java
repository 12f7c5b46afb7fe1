package org.vqvae.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The bilinear core {@code y = A(w) x} of a convolution, without bias and epilogue. A transposed
 * convolution is the transposed map of a convolution.
 */
interface LinearMap extends AutoCloseable {

  /** {@code y = A(w) x}. */
  void apply(INDArray x, INDArray w, INDArray y);

  /** {@code x = A(w)' y}. */
  void applyTransposed(INDArray y, INDArray w, INDArray x);

  /** {@code wGradient} = the gradient of {@code <y, A(w) x>} with respect to w. */
  void weightGradient(INDArray x, INDArray y, INDArray wGradient);

  @Override
  void close();

  /** The map {@code A(w)'}. */
  default LinearMap transposed() {
    LinearMap map = this;
    return new LinearMap() {
      @Override
      public void apply(INDArray x, INDArray w, INDArray y) {
        map.applyTransposed(x, w, y);
      }

      @Override
      public void applyTransposed(INDArray y, INDArray w, INDArray x) {
        map.apply(y, w, x);
      }

      @Override
      public void weightGradient(INDArray x, INDArray y, INDArray wGradient) {
        map.weightGradient(y, x, wGradient);
      }

      @Override
      public void close() {
        map.close();
      }
    };
  }
}
