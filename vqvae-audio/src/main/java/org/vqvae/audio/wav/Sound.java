package org.vqvae.audio.wav;

import java.util.Arrays;

/**
 * Mono sound.
 *
 * @param sampleRate samples per second
 * @param samples -1...+1 is full scale
 */
public record Sound(int sampleRate, float[] samples) {

  public Sound {
    if (sampleRate < 1) {
      throw new IllegalArgumentException("sampleRate must be at least 1 but was " + sampleRate);
    }
  }

  /** How long it is, in seconds. */
  public double seconds() {
    return (double) samples.length / sampleRate;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sound that
        && sampleRate == that.sampleRate
        && Arrays.equals(samples, that.samples);
  }

  @Override
  public int hashCode() {
    return 31 * sampleRate + Arrays.hashCode(samples);
  }

  @Override
  public String toString() {
    return "%d samples at %d Hz".formatted(samples.length, sampleRate);
  }
}
