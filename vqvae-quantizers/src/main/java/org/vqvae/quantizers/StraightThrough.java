package org.vqvae.quantizers;

import jakarta.inject.Inject;
import java.nio.FloatBuffer;
import org.vqvae.core.config.ConfigReader;

/**
 * The gradient of the values, copied to the latents unchanged (Bengio et al. 2013; van den Oord et
 * al. 2017, sec. 3.2).
 */
public final class StraightThrough implements GradientEstimator {

  /** It has no settings. */
  public record Settings() {
    static Settings read(ConfigReader in) {
      return new Settings();
    }
  }

  @Inject
  public StraightThrough() {}

  @Override
  public void estimate(FloatBuffer latents, FloatBuffer values, FloatBuffer gradient, int dim) {}
}
