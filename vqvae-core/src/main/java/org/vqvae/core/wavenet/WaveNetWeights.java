package org.vqvae.core.wavenet;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.nn.FloatArrays;

/**
 * A WaveNet's weights of the moment as plain arrays, {@code [inputs][outputs]}, which samplers on
 * any number of threads may read.
 */
public final class WaveNetWeights {
  final float[][] embedding;
  final List<Layer> layers;
  final float[] skipBias;
  final float[][] hidden;
  final float[] hiddenBias;
  final float[][] output;
  final float[] outputBias;

  /**
   * One layer.
   *
   * @param past W_0 of the filter and, beside it, of the gate, {@code [R][2R]}
   * @param present W_1, likewise
   * @param bias b, likewise
   * @param condition V, likewise; without rows if there is none
   * @param skip this layer's rows of S
   * @param residual O, null in the last layer, as is its bias
   */
  record Layer(
      int dilation,
      float[][] past,
      float[][] present,
      float[] bias,
      float[][] condition,
      float[][] skip,
      float @Nullable [][] residual,
      float @Nullable [] residualBias) {

    static Layer of(WaveNetLayer layer, float[][] skip) {
      DilatedConvolution filter = layer.filter();
      DilatedConvolution gate = layer.gate();
      Linear residual = layer.residual();
      return new Layer(
          layer.dilation(),
          beside(matrix(filter.tap(0)), matrix(gate.tap(0))),
          beside(matrix(filter.tap(1)), matrix(gate.tap(1))),
          beside(floats(filter.biases()), floats(gate.biases())),
          beside(conditions(filter), conditions(gate)),
          skip,
          residual == null ? null : matrix(residual.weights()),
          residual == null ? null : floats(residual.biases()));
    }
  }

  private WaveNetWeights(CodeInput input, WaveNetStack stack) {
    embedding = matrix(input.table().value());
    float[][] skips = matrix(stack.skip().weights());
    int channels = embedding[0].length;
    layers =
        IntStream.range(0, stack.layers().size())
            .mapToObj(
                i ->
                    Layer.of(
                        stack.layers().get(i),
                        Arrays.copyOfRange(skips, i * channels, (i + 1) * channels)))
            .toList();
    skipBias = floats(stack.skip().biases());
    hidden = matrix(stack.head().hidden().weights());
    hiddenBias = floats(stack.head().hidden().biases());
    output = matrix(stack.head().output().weights());
    outputBias = floats(stack.head().output().biases());
  }

  static WaveNetWeights of(CodeInput input, WaveNetStack stack) {
    return new WaveNetWeights(input, stack);
  }

  private static float[][] conditions(DilatedConvolution convolution) {
    INDArray weights = convolution.conditioning().weights();
    return weights == null ? new float[0][] : matrix(weights);
  }

  private static float[][] beside(float[][] left, float[][] right) {
    float[][] both = new float[left.length][];
    Arrays.setAll(both, row -> beside(left[row], right[row]));
    return both;
  }

  private static float[] beside(float[] left, float[] right) {
    float[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  private static float[] floats(INDArray array) {
    return FloatArrays.read(array.castTo(DataType.FLOAT));
  }

  private static float[][] matrix(INDArray array) {
    float[] flat = floats(array);
    int columns = (int) array.size(1);
    float[][] rows = new float[(int) array.size(0)][columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(flat, i * columns, rows[i], 0, columns);
    }
    return rows;
  }
}
