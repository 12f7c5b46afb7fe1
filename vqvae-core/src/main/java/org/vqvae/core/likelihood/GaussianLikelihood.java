package org.vqvae.core.likelihood;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Likelihood;

/**
 * A normal distribution around the decoder's output, with one variance for all values: {@code -ln p
 * = (x - mean)^2 / (2 variance) + ln(2 pi variance) / 2}.
 *
 * <p>With the variance of the data, twice this is, but for a constant, the "mse / variance" of
 * DeepMind's notebook.
 */
public final class GaussianLikelihood implements Likelihood {
  private final double variance;

  public GaussianLikelihood(double variance) {
    if (!(variance > 0) || Double.isInfinite(variance)) {
      throw new IllegalArgumentException("variance must be positive but was " + variance);
    }
    this.variance = variance;
  }

  public double variance() {
    return variance;
  }

  /** Nats per value at a mean squared error: what {@link #loss} returns for it. */
  public double nats(double meanSquaredError) {
    return 0.5 * (meanSquaredError / variance + Math.log(2 * Math.PI * variance));
  }

  @Override
  public int parameters(int channels) {
    return channels;
  }

  @Override
  public double loss(INDArray prediction, INDArray data, INDArray gradient) {
    prediction.subi(data, gradient);
    double norm = gradient.norm2Number().doubleValue();
    double meanSquaredError = norm * norm / gradient.length();
    gradient.muli(1 / (variance * gradient.length()));
    return nats(meanSquaredError);
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
}
