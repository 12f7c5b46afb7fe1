package org.vqvae.quantizers;

import jakarta.inject.Inject;
import java.util.List;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.random.RandomStream;

/** Leaves codes that nobody uses where they are, as the paper does. */
public final class KeepDeadCodes implements DeadCodePolicy {

  /** It has no settings. */
  public record Settings() {
    static Settings read(ConfigReader in) {
      return new Settings();
    }
  }

  @Inject
  public KeepDeadCodes() {}

  @Override
  public boolean needsLatents() {
    return false;
  }

  @Override
  public List<Restart> restarts(double[] usage, int rows, RandomStream random) {
    return List.of();
  }
}
