package org.vqvae.priors;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;

/**
 * What a gate knows beside the codes: a term added to its pre-activations, the same at all
 * positions of an example.
 */
interface Condition {

  /** Nothing. */
  Condition NONE =
      new Condition() {
        @Override
        public List<Parameter> parameters() {
          return List.of();
        }

        @Override
        public void addTo(INDArray preActivations, INDArray oneHot) {}

        @Override
        public void backward(INDArray gradient, INDArray oneHot) {}
      };

  List<Parameter> parameters();

  /**
   * Adds the term.
   *
   * @param preActivations {@code [rows, 2C]}
   * @param oneHot h, the class of each row, {@code [rows, classes]}
   */
  void addTo(INDArray preActivations, INDArray oneHot);

  /** Sets the gradient of what is learned from that of the pre-activations. */
  void backward(INDArray gradient, INDArray oneHot);

  /**
   * {@code V^T h} for the one-hot class h, of tanh and of sigmoid side by side (van den Oord et al.
   * 2016, eq. 4); {@link #NONE} without classes.
   */
  static Condition onClass(Kernels kernels, String name, int classes, int outputs) {
    if (classes == 0) {
      return NONE;
    }
    Parameter v = Parameter.learned(name + "/v", Initializers.normal(0.1), classes, outputs);
    return new Condition() {
      @Override
      public List<Parameter> parameters() {
        return List.of(v);
      }

      @Override
      public void addTo(INDArray preActivations, INDArray oneHot) {
        kernels.addMatMul(oneHot, v.value(), preActivations);
      }

      @Override
      public void backward(INDArray gradient, INDArray oneHot) {
        kernels.matMul(oneHot.transpose(), gradient, v.gradient());
      }
    };
  }
}
