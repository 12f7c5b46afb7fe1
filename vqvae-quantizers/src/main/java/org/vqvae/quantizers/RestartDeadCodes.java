package org.vqvae.quantizers;

import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.random.RandomStream;

/**
 * Restarts codes that hardly anybody uses from random latents of the batch (Williams et al. 2020,
 * "Hierarchical Quantized Autoencoders"; Dhariwal et al. 2020, "Jukebox"). Each latent is used
 * once; dead codes beyond the M latents of the batch wait for the next.
 */
public final class RestartDeadCodes implements DeadCodePolicy {
  private final Settings settings;

  /**
   * Its settings.
   *
   * @param threshold a code is dead when its usage is below this share of an average code's, M/K
   */
  public record Settings(double threshold) {
    static Settings read(ConfigReader in) {
      return new Settings(in.real("threshold").between(0, 1));
    }
  }

  @Inject
  public RestartDeadCodes(Settings settings) {
    this.settings = settings;
  }

  @Override
  public List<Restart> restarts(double[] usage, int rows, RandomStream random) {
    double limit = settings.threshold() * rows / usage.length;
    int[] dead = IntStream.range(0, usage.length).filter(code -> usage[code] < limit).toArray();
    if (dead.length == 0) {
      return List.of();
    }
    int[] order = random.permutation(rows);
    return IntStream.range(0, Math.min(dead.length, rows))
        .mapToObj(i -> new Restart(dead[i], order[i]))
        .toList();
  }
}
