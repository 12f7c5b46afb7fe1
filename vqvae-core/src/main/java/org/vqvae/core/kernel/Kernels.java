package org.vqvae.core.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The few numeric operations that the layers are made of, channels-last.
 *
 * <p>Unless a method says otherwise arrays are contiguous in 'c' order and of one data type, no
 * output may alias an input, and results are complete when the call returns. Implementations are
 * not thread-safe: each of {@link #workers()} has kernels of its own.
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

  /** Who can share a computation of these kernels. */
  default Workers workers() {
    return Workers.of(this);
  }

  /**
   * Says that a worker begins to take parts of some work: until {@link #endParts} no weights
   * change, so what convolutions have made of them may be used again.
   */
  default void beginParts() {}

  /** Says that a worker has no more parts: weights may change again at any time. */
  default void endParts() {}

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

  /** What happens to each value of a sum. */
  enum Activation {
    IDENTITY,
    TANH,
    SIGMOID
  }

  /**
   * {@code y = activation(x w + b + plus)}, otherwise as {@link #affine(INDArray, INDArray,
   * INDArray, INDArray)}.
   *
   * @param plus contiguous, {@code [M, N]}; may be y itself, but no other view of its values
   * @param y contiguous, {@code [M, N]}
   */
  void affine(INDArray x, INDArray w, INDArray b, INDArray plus, Activation activation, INDArray y);

  /** {@code y = max(x, 0)}; y may be x. */
  void relu(INDArray x, INDArray y);

  /** {@code gradient = 0 where y = 0}, in place: the gradient of {@link #relu} from its output. */
  void reluGradient(INDArray y, INDArray gradient);

  /** {@code y = 0}. */
  void clear(INDArray y);

  /** {@code y += x}. */
  void add(INDArray x, INDArray y);

  /**
   * Adds each row of x to a row of y: {@code y[rows[i]] += x[i]}, in order of i.
   *
   * @param x {@code [M, N]}
   * @param rows M rows of y, which may repeat
   * @param y {@code [K, N]}
   */
  void addRows(INDArray x, int[] rows, INDArray y);

  /**
   * Copies rows: {@code y[i] = x[rows[i]]}.
   *
   * @param x {@code [K, N]}
   * @param rows M rows of x, which may repeat
   * @param y {@code [M, N]}, overwritten
   */
  void gatherRows(INDArray x, int[] rows, INDArray y);

  /**
   * Finds the row of a table that is nearest to each row of x, {@code argmin_k |x_i - table_k|},
   * FLOAT alone. The answer is that of squared differences summed in double precision, the lowest
   * row on ties.
   *
   * @param x {@code [M, N]}; a row with a value that is infinite or not a number gets row 0
   * @param table {@code [K, N]}
   * @return M rows of the table
   */
  int[] nearestRows(INDArray x, INDArray table);

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
   * {@code y = t s}, value by value: a gate whose halves are arrays of their own, FLOAT or DOUBLE.
   *
   * @param t tanh of the filter, {@code [rows, C]}
   * @param s sigmoid of the gate, {@code [rows, C]}
   * @param y {@code [rows, C]}
   */
  void gate(INDArray t, INDArray s, INDArray y);

  /**
   * The gradient of {@link #gate(INDArray, INDArray, INDArray)} and of its halves' activations.
   *
   * @param t becomes dL/d filter, before its tanh
   * @param s becomes dL/d gate, before its sigmoid
   * @param yGradient dL/dy, {@code [rows, C]}
   */
  void gateGradientInPlace(INDArray t, INDArray s, INDArray yGradient);

  /** Logarithm of the softmax over the last dimension: {@code y = x - logsumexp(x)}; y may be x. */
  void logSoftmax(INDArray x, INDArray y);

  /**
   * The negative log-likelihood of classes under logits: {@code -sum_i log
   * softmax(logits_i)[class_i]}.
   *
   * @param logits {@code [M, K]}; becomes the log-probabilities
   * @param classes M of 0..K-1
   * @return nats, the sum over the rows in double precision
   */
  double crossEntropy(INDArray logits, int[] classes);

  /**
   * The gradient of {@code crossEntropy / total} with respect to the logits: {@code (softmax -
   * onehot(class)) / total}.
   *
   * @param logProbabilities what {@link #crossEntropy} left, {@code [M, K]}; becomes the gradient
   * @param total such as the number of rows, for a mean
   */
  void crossEntropyGradient(INDArray logProbabilities, int[] classes, int total);

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
