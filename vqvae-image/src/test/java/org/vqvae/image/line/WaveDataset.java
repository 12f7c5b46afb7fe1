package org.vqvae.image.line;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;
import org.vqvae.core.random.RandomStream;

/** Sine waves of 64 samples, of any pitch and phase. */
public final class WaveDataset implements Dataset {
  private static final int LENGTH = 64;
  private static final int SIZE = 20;

  private final Settings settings;

  /** Which waves. */
  public record Settings(int seed) {
    static Settings read(ConfigReader in) {
      return new Settings(in.integer("seed").atLeast(0));
    }
  }

  @Inject
  public WaveDataset(Settings settings) {
    this.settings = settings;
  }

  @Override
  public DataSpec spec() {
    return new DataSpec(LinePlugin.SOUND, new Grid(LENGTH), 1, List.of(), 8000);
  }

  @Override
  public Examples examples(Split split) {
    return new Examples() {
      @Override
      public int size() {
        return SIZE;
      }

      @Override
      public void read(int index, float[] into, int offset) {
        Objects.checkIndex(index, SIZE);
        String name = split.name().toLowerCase(Locale.ROOT) + index;
        RandomStream random = RandomStream.of(settings.seed, name);
        double pitch = random.nextDouble(0.1, 0.5);
        double phase = random.nextDouble(0, 6);
        for (int t = 0; t < LENGTH; t++) {
          into[offset + t] = (float) Math.sin(pitch * t + phase);
        }
      }

      @Override
      public int label(int index) {
        Objects.checkIndex(index, SIZE);
        return -1;
      }
    };
  }

  @Override
  public String fingerprint() {
    return "%08x".formatted(settings.seed);
  }
}
