package org.vqvae.quantizers;

import jakarta.inject.Inject;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.random.RandomStream;

/** A codebook drawn from a normal distribution around zero. */
public final class NormalInitializer implements CodebookInitializer {
  private final Settings settings;

  /**
   * Its settings.
   *
   * @param deviation the standard deviation of every element
   */
  public record Settings(double deviation) {
    static Settings read(ConfigReader in) {
      return new Settings(in.real("deviation").greaterThan(0));
    }
  }

  @Inject
  public NormalInitializer(Settings settings) {
    this.settings = settings;
  }

  @Override
  public float[] draw(int codebookSize, int codeDim, RandomStream random) {
    float[] codebook = new float[Math.multiplyExact(codebookSize, codeDim)];
    for (int i = 0; i < codebook.length; i++) {
      codebook[i] = (float) (settings.deviation() * random.nextGaussian());
    }
    return codebook;
  }
}
