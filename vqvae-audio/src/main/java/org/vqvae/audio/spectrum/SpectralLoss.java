package org.vqvae.audio.spectrum;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.DataSpec;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.kernel.Kernels;

/**
 * The multi-scale spectral distance of two sounds: how far their magnitude spectra are apart, short
 * windows for when and long ones for how high.
 *
 * <p>Engel et al. 2020, <a href="https://arxiv.org/abs/2001.04643">DDSP</a>, sec. 4.2.1: {@code L =
 * sum over windows of |S - S'|_1 + |ln S - ln S'|_1}, here each the mean over frames and
 * frequencies, and their sum the mean over windows. It ignores the waveform's phase, unlike a mean
 * squared error, and so keeps what errors of phase would blur. A VQ-VAE was first trained with one,
 * beside the squared error, by Dhariwal et al. 2020, <a
 * href="https://arxiv.org/abs/2005.00341">Jukebox</a>, sec. 3.3.
 */
public final class SpectralLoss {
  private final List<Integer> windows;
  private final List<SpectralScale> scales;

  /**
   * @param windows lengths in samples, each a power of two from 4 on
   * @throws IllegalArgumentException if there are none, or others
   */
  public SpectralLoss(Kernels kernels, List<Integer> windows) {
    if (windows.isEmpty() || windows.stream().anyMatch(w -> w < 4 || Integer.bitCount(w) != 1)) {
      throw new IllegalArgumentException("windows must be powers of two from 4 on, not " + windows);
    }
    this.windows = List.copyOf(windows);
    this.scales = windows.stream().map(window -> new SpectralScale(kernels, window)).toList();
  }

  /**
   * The distance of a batch from its data.
   *
   * @param prediction {@code [N, T, 1]}
   * @param data {@code [N, T, 1]}
   * @param weight of the gradient
   * @param gradient {@code [N, T, 1]}; {@code weight} times the distance's gradient with respect to
   *     the prediction is added to it
   * @throws IncompatibleException if a window is longer than the sounds
   */
  public double distance(INDArray prediction, INDArray data, double weight, INDArray gradient) {
    INDArray made = matrix(prediction);
    INDArray wanted = matrix(data.castTo(prediction.dataType()));
    INDArray receiver = matrix(gradient);
    double sum = 0;
    for (SpectralScale scale : scales) {
      sum += scale.distance(made, wanted, weight / scales.size(), receiver);
    }
    return sum / scales.size();
  }

  private INDArray matrix(INDArray sounds) {
    long samples = sounds.size(1);
    if (sounds.rank() != 3 || sounds.size(2) != 1) {
      throw new IllegalArgumentException(
          "mono sounds are [N, T, 1] but the shape is " + Arrays.toString(sounds.shape()));
    }
    checkLength(samples);
    return sounds.reshape('c', sounds.size(0), samples);
  }

  /**
   * Checks that it can compare examples of that form.
   *
   * @throws IncompatibleException if they are not mono, or shorter than a window
   */
  void checkData(DataSpec data) {
    if (data.grid().rank() != 1 || data.channels() != 1) {
      throw new IncompatibleException(
          "decoder.spectral compares mono sound, but the data has grid %s and %d channels: set decoder.spectral.weight = 0, or choose other data"
              .formatted(data.grid(), data.channels()));
    }
    checkLength(data.grid().size(0));
  }

  private void checkLength(long samples) {
    if (windows.stream().anyMatch(window -> window > samples)) {
      throw new IncompatibleException(
          "decoder.spectral.windows = %s do not all fit into examples of %d samples: shorten the windows, or lengthen the examples (data.length)"
              .formatted(windows, samples));
    }
  }
}
