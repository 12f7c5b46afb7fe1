package org.vqvae.core.wavenet;

import java.util.List;
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
   * @param past W_0
   * @param present W_1
   * @param condition V, without rows if there is none
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

    static Layer of(WaveNetLayer layer) {
      Linear residual = layer.residual();
      INDArray condition = layer.start().conditionWeights();
      return new Layer(
          layer.dilation(),
          matrix(layer.tap(0)),
          matrix(layer.tap(1)),
          floats(layer.start().biases()),
          condition == null ? new float[0][] : matrix(condition),
          matrix(layer.skipWeights()),
          residual == null ? null : matrix(residual.weights()),
          residual == null ? null : floats(residual.biases()));
    }
  }

  private WaveNetWeights(CodeInput input, WaveNetStack stack, Linear hidden, Linear output) {
    embedding = matrix(input.table().value());
    layers = stack.layers().stream().map(Layer::of).toList();
    skipBias = floats(stack.skipBias());
    this.hidden = matrix(hidden.weights());
    hiddenBias = floats(hidden.biases());
    this.output = matrix(output.weights());
    outputBias = floats(output.biases());
  }

  static WaveNetWeights of(CodeInput input, WaveNetStack stack, Linear hidden, Linear output) {
    return new WaveNetWeights(input, stack, hidden, output);
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
