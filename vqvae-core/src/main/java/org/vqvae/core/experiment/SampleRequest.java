package org.vqvae.core.experiment;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vqvae.core.Grid;
import org.vqvae.core.config.ExperimentSettings.Sampling;
import org.vqvae.core.sampling.SamplingSettings;

/**
 * What to draw; what is left out is as the run's own settings say.
 *
 * @param count how many examples
 * @param temperature divides the logits
 * @param topK how many of the likeliest codes to draw from, 0 for all
 * @param size of an example, which need not be that of those that were trained on
 * @param className the class to draw from, for a prior or decoder that is conditioned
 * @param seed another one makes other samples
 */
public record SampleRequest(
    OptionalInt count,
    Optional<Double> temperature,
    OptionalInt topK,
    Optional<Grid> size,
    Optional<String> className,
    OptionalLong seed) {

  /** What was asked for, completed by a run's settings. */
  record Resolved(
      int count, SamplingSettings sampling, Grid size, Optional<String> className, long seed) {}

  /** Whether it says how codes are drawn. */
  boolean choosesCodes() {
    return temperature.isPresent() || topK.isPresent();
  }

  Resolved resolve(Sampling settings, Grid trained, long runSeed) {
    return new Resolved(
        count.orElse(settings.count()),
        new SamplingSettings(
            temperature.orElse(settings.temperature()), topK.orElse(settings.topK())),
        size.orElse(trained),
        className,
        seed.orElse(runSeed));
  }
}
