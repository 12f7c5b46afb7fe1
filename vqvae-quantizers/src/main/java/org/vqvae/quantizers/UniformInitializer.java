package org.vqvae.quantizers;

import jakarta.inject.Inject;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.random.RandomStream;

/**
 * A codebook drawn uniformly between -1/K and 1/K: so close to zero that any encoder's first
 * latents spread over it.
 */
public final class UniformInitializer implements CodebookInitializer {

  /** It has no settings. */
  public record Settings() {
    static Settings read(ConfigReader in) {
      return new Settings();
    }
  }

  @Inject
  public UniformInitializer() {}

  @Override
  public float[] draw(int codebookSize, int codeDim, RandomStream random) {
    float[] codebook = new float[Math.multiplyExact(codebookSize, codeDim)];
    for (int i = 0; i < codebook.length; i++) {
      codebook[i] = (float) random.nextDouble(-1.0 / codebookSize, 1.0 / codebookSize);
    }
    return codebook;
  }
}
