package org.vqvae.audio;

import java.util.List;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.Medium;

/** Mono sound as a medium: samples of 16 bits, s scaled to s / 32768. */
public final class Sounds {
  /** The medium that this module brings along. */
  public static final Medium MEDIUM = new Medium("audio", 32_768);

  private Sounds() {}

  /**
   * The form of stretches of sound.
   *
   * @param samples of one example
   * @param sampleRate samples per second, at least 1
   * @param classes names of the classes, in the order of their labels; empty for none
   */
  public static DataSpec spec(int samples, int sampleRate, List<String> classes) {
    if (sampleRate < 1) {
      throw new IllegalArgumentException("sampleRate must be at least 1 but was " + sampleRate);
    }
    return new DataSpec(MEDIUM, new Grid(samples), 1, classes, sampleRate);
  }

  /**
   * The sample rate of sound of that form, in samples per second.
   *
   * @throws IllegalArgumentException if it has none, as features of sound have none
   */
  public static int rate(DataSpec sound) {
    int rate = (int) sound.rate();
    if (rate < 1 || rate != sound.rate()) {
      throw new IllegalArgumentException(
          "sound has a whole number of samples per second, but the data is %s at a rate of %s"
              .formatted(sound.medium(), sound.rate()));
    }
    return rate;
  }
}
