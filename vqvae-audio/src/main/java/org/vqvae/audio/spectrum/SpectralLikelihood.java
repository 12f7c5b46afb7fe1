package org.vqvae.audio.spectrum;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Likelihood;

/**
 * A likelihood of waveforms that also trains towards the right spectra: to its gradient comes that
 * of {@link SpectralLoss}. The distance of spectra is no likelihood, so nats and bits are stated
 * without it.
 *
 * @param waveform whose prediction is the sound itself, such as a Gaussian's mean
 * @param weight nats per value that a spectral distance of 1 is worth
 */
public record SpectralLikelihood(Likelihood waveform, SpectralLoss spectra, double weight)
    implements Likelihood {

  @Override
  public int parameters(int channels) {
    return waveform.parameters(channels);
  }

  @Override
  public double loss(INDArray prediction, INDArray data, INDArray gradient) {
    return waveform.loss(prediction, data, gradient);
  }

  @Override
  public double addPenalty(INDArray prediction, INDArray data, INDArray gradient) {
    return weight * spectra.distance(prediction, data, weight, gradient);
  }

  @Override
  public void checkTrains(DataSpec data) {
    waveform.checkTrains(data);
    spectra.checkLength(data.grid().size(0));
  }

  @Override
  public INDArray mean(INDArray prediction) {
    return waveform.mean(prediction);
  }

  @Override
  public Likelihood calibrated(double meanSquaredError) {
    return waveform.calibrated(meanSquaredError);
  }
}
