package org.vqvae.audio.spectrum;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Term;
import org.vqvae.core.Unit;

/**
 * A likelihood of waveforms with a penalty on spectra that differ, that of {@link SpectralLoss}.
 * The penalty is no likelihood: nats and bits are stated without it.
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

  /** The terms of the waveform, and {@code penalty}: {@code weight} times the distance. */
  @Override
  public Scored score(INDArray prediction, INDArray data) {
    Scored scored = waveform.score(prediction, data);
    double distance = spectra.distance(prediction, data, weight, scored.gradient());
    List<Term> terms = new ArrayList<>(scored.terms());
    terms.add(new Term("penalty", Unit.PENALTY, weight * distance, 1));
    return new Scored(terms, scored.gradient());
  }

  @Override
  public double nats(INDArray prediction, INDArray data) {
    return waveform.nats(prediction, data);
  }

  @Override
  public void checkTrains(DataSpec data) {
    waveform.checkTrains(data);
    spectra.checkData(data);
  }

  @Override
  public boolean isDensity() {
    return waveform.isDensity();
  }

  @Override
  public INDArray mean(INDArray prediction) {
    return waveform.mean(prediction);
  }

  @Override
  public Likelihood calibrated(double meanSquaredError) {
    return waveform.calibrated(meanSquaredError);
  }

  @Override
  public Map<String, Double> figures() {
    return waveform.figures();
  }
}
