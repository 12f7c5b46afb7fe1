package org.vqvae.core.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The few numeric operations that the layers are made of, channels-last.
 *
 * <p>Unless a method says otherwise arrays are contiguous in 'c' order and of one data type, no
 * output may alias an input, and results are complete when the call returns. Implementations are
 * not thread-safe.
 */
public interface Kernels extends AutoCloseable {

  /** The name that config and reports use, such as {@code onednn}. */
  String name();

  /**
   * The data type of activations inside networks that can compute in less than FLOAT; parameters,
   * their gradients, latents and losses are FLOAT all the same.
   */
  default DataType activations() {
    return DataType.FLOAT;
  }

  /** Prepares a convolution (cross-correlation, as the field calls convolution) for one shape. */
  Convolution convolution(ConvolutionSpec spec);

  /**
   * Prepares a transposed convolution for one shape: the adjoint of the convolution whose input is
   * this one's output. The spec's height, width and inChannels are those of this operation's input.
   */
  Convolution transposedConvolution(ConvolutionSpec spec);

  /**
   * {@code c = a b}. Each may be some columns of a 'c' array, and either factor the transposed view
   * of such.
   *
   * @param a {@code [M, K]}
   * @param b {@code [K, N]}
   * @param c {@code [M, N]}, overwritten
   */
  void matMul(INDArray a, INDArray b, INDArray c);

  /** {@code c += a b}, otherwise as {@link #matMul}. */
  void addMatMul(INDArray a, INDArray b, INDArray c);

  /**
   * {@code y = x w + b} on rows, FLOAT or DOUBLE, otherwise as {@link #matMul}.
   *
   * @param b {@code [N]}
   */
  void affine(INDArray x, INDArray w, INDArray b, INDArray y);

  /** {@code y = max(x, 0)}; y may be x. */
  void relu(INDArray x, INDArray y);

  /** {@code gradient = 0 where y = 0}, in place: the gradient of {@link #relu} from its output. */
  void reluGradient(INDArray y, INDArray gradient);

  /** {@code y += x}. */
  void add(INDArray x, INDArray y);

  /**
   * The gated activation of the conditional PixelCNN and of WaveNet: {@code y = tanh(first half) *
   * sigmoid(second half)}.
   *
   * @param x {@code [..., 2C]}
   * @param y {@code [..., C]}
   */
  void gate(INDArray x, INDArray y);

  /**
   * The gradient of {@link #gate}.
   *
   * @param x what {@code gate} was given, {@code [..., 2C]}
   * @param yGradient dL/dy, {@code [..., C]}
   * @param xGradient receives dL/dx, {@code [..., 2C]}; may be x
   */
  void gateGradient(INDArray x, INDArray yGradient, INDArray xGradient);

  /**
   * The gated activation of two halves that are arrays of their own, FLOAT or DOUBLE: {@code y = t
   * s}, with {@code t = tanh(filter)} and {@code s = sigmoid(gate)}.
   *
   * @param filter {@code [rows, C]}; t afterwards
   * @param gate {@code [rows, C]}; s afterwards
   * @param y {@code [rows, C]}, which may be some columns of a 'c' array
   */
  void gate(INDArray filter, INDArray gate, INDArray y);

  /**
   * The gradient of {@link #gate(INDArray, INDArray, INDArray)}.
   *
   * @param t as {@code gate} left it; dL/d filter afterwards
   * @param s as {@code gate} left it; dL/d gate afterwards
   * @param yGradient dL/dy, which may be some columns of a 'c' array
   */
  void gateGradientInPlace(INDArray t, INDArray s, INDArray yGradient);

  /** Logarithm of the softmax over the last dimension: {@code y = x - logsumexp(x)}; y may be x. */
  void logSoftmax(INDArray x, INDArray y);

  /**
   * The lowest value of each row; of a row with NaN, anything.
   *
   * @param x {@code [..., C]}
   * @param y {@code [rows]}, overwritten
   */
  void rowMinima(INDArray x, INDArray y);

  /** Frees native memory. */
  @Override
  void close();
}
