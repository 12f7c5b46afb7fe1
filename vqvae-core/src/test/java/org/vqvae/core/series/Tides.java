package org.vqvae.core.series;

import jakarta.inject.Inject;
import java.util.List;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Split;
import org.vqvae.core.random.RandomStream;

/** Waves of any phase: 24 water levels, two a second. */
final class Tides implements Dataset {
  private static final int LENGTH = 24;
  private static final int RATE = 2;
  private static final int SIZE = 32;

  record Settings() {}

  @Inject
  Tides() {}

  @Override
  public DataSpec spec() {
    return new DataSpec(SeriesPlugin.SERIES, new Grid(LENGTH), 1, List.of(), RATE);
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
        double phase = RandomStream.of(index, split.name()).nextDouble(0, 2 * Math.PI);
        for (int t = 0; t < LENGTH; t++) {
          into[offset + t] = level(t, phase);
        }
      }

      @Override
      public int label(int index) {
        return -1;
      }
    };
  }

  /** The water level at a time. */
  static float level(int t, double phase) {
    return (float) (0.8 * Math.sin(2 * Math.PI * t / LENGTH + phase));
  }

  @Override
  public String fingerprint() {
    return "71de5";
  }
}
