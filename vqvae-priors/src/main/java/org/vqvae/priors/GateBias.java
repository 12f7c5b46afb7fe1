package org.vqvae.priors;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;

/** The term of a gate's pre-activations that depends on what the prior is conditioned on. */
interface GateBias {

  /** No term. */
  GateBias NONE =
      new GateBias() {
        @Override
        public List<Parameter> parameters() {
          return List.of();
        }

        @Override
        public void addTo(INDArray preActivations, INDArray conditions) {}

        @Override
        public void backward(
            INDArray gradient, INDArray conditions, @Nullable INDArray conditionsGradient) {}
      };

  List<Parameter> parameters();

  /**
   * Adds the term.
   *
   * @param preActivations {@code [rows, 2C]}
   * @param conditions c of each row, {@code [rows, width]}
   */
  void addTo(INDArray preActivations, INDArray conditions);

  /**
   * Sets the gradient of what is learned from that of the pre-activations.
   *
   * @param conditionsGradient dL/dc, to which the term's is added; null if nobody needs it
   */
  void backward(INDArray gradient, INDArray conditions, @Nullable INDArray conditionsGradient);

  /**
   * {@code V^T c} of tanh and of sigmoid side by side, c being the one-hot class and the features
   * of the position (van den Oord et al. 2016, eq. 4 and the end of sec. 2.3); {@link #NONE}
   * without conditions.
   *
   * @param width the length of c
   */
  static GateBias of(Scope scope, Kernels kernels, int width, int outputs) {
    if (width == 0) {
      return NONE;
    }
    Parameter v = scope.learned("v", Initializers.normal(0.1), width, outputs);
    return new GateBias() {
      @Override
      public List<Parameter> parameters() {
        return List.of(v);
      }

      @Override
      public void addTo(INDArray preActivations, INDArray conditions) {
        kernels.addMatMul(conditions, v.value(), preActivations);
      }

      @Override
      public void backward(
          INDArray gradient, INDArray conditions, @Nullable INDArray conditionsGradient) {
        kernels.matMul(conditions.transpose(), gradient, v.gradient());
        if (conditionsGradient != null) {
          kernels.addMatMul(gradient, v.value().transpose(), conditionsGradient);
        }
      }
    };
  }
}
