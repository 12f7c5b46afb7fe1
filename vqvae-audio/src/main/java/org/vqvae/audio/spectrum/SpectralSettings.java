package org.vqvae.audio.spectrum;

import java.util.List;
import org.vqvae.core.Likelihood;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.kernel.Kernels;

/**
 * A penalty on spectra that differ from the data's.
 *
 * @param weight nats per value that a spectral distance of 1 is worth; 0 for none
 * @param windows lengths in samples, powers of two
 */
public record SpectralSettings(double weight, List<Integer> windows) {
  /** No penalty. */
  public static final SpectralSettings NONE = new SpectralSettings(0, List.of());

  public SpectralSettings {
    windows = List.copyOf(windows);
  }

  public static SpectralSettings read(ConfigReader in) {
    SpectralSettings settings =
        new SpectralSettings(in.real("weight").atLeast(0), in.integers("windows", 4));
    if (settings.windows.stream().anyMatch(window -> Integer.bitCount(window) != 1)) {
      in.problem("windows", "must be powers of two (32, 64, 128, ...)");
    }
    if (settings.weight > 0 && settings.windows.isEmpty()) {
      in.problem("windows", "must not be empty; for no spectral loss set weight = 0");
    }
    return settings;
  }

  /** That likelihood with this penalty; the likelihood itself if the weight is 0. */
  public Likelihood penalize(Likelihood waveform, Kernels kernels) {
    return weight == 0
        ? waveform
        : new SpectralLikelihood(waveform, new SpectralLoss(kernels, windows), weight);
  }
}
