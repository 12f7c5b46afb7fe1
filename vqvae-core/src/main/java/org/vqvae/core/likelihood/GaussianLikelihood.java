package org.vqvae.core.likelihood;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Likelihood;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.FloatArrays;

/**
 * A normal distribution around the decoder's output, with one variance for all values: {@code -ln p
 * = (x - mean)^2 / (2 variance) + ln(2 pi variance) / 2}.
 *
 * <p>With the variance of the data, twice this is, but for a constant, the "mse / variance" of
 * DeepMind's notebook.
 */
public final class GaussianLikelihood implements Likelihood {
  private final double variance;
  private final Buffers buffers = new Buffers();

  public GaussianLikelihood(double variance) {
    if (!(variance > 0) || Double.isInfinite(variance)) {
      throw new IllegalArgumentException("variance must be positive but was " + variance);
    }
    this.variance = variance;
  }

  public double variance() {
    return variance;
  }

  /** Nats per value at a mean squared error. */
  public double nats(double meanSquaredError) {
    return 0.5 * (meanSquaredError / variance + Math.log(2 * Math.PI * variance));
  }

  @Override
  public int parameters(int channels) {
    return channels;
  }

  @Override
  public Scored score(INDArray prediction, INDArray data) {
    INDArray gradient = error(prediction, data);
    double nats = nats(meanSquare(gradient));
    gradient.muli(1 / (variance * gradient.length()));
    return new Scored(List.of(Likelihood.nll(nats)), gradient);
  }

  @Override
  public double nats(INDArray prediction, INDArray data) {
    return nats(meanSquare(error(prediction, data)));
  }

  /** {@code mean - x}, in a buffer. */
  private INDArray error(INDArray prediction, INDArray data) {
    INDArray error = buffers.get("gradient", prediction.dataType(), prediction.shape());
    return prediction.subi(data, error);
  }

  private static double meanSquare(INDArray error) {
    if (error.dataType() == DataType.DOUBLE) {
      double norm = error.norm2Number().doubleValue();
      return norm * norm / error.length();
    }
    return FloatArrays.squaredSum(error.castTo(DataType.FLOAT)) / error.length();
  }

  @Override
  public INDArray mean(INDArray prediction) {
    return prediction.dup('c').castTo(DataType.FLOAT);
  }

  /**
   * The Gaussian under which errors of that size are likeliest: its variance is their mean square.
   */
  @Override
  public GaussianLikelihood calibrated(double meanSquaredError) {
    return new GaussianLikelihood(meanSquaredError);
  }

  @Override
  public Map<String, Double> figures() {
    return Map.of("variance", variance);
  }
}
