package org.vqvae.core.stage;

import org.vqvae.core.DataSpec;
import org.vqvae.core.data.Examples;

/** The variance of all values of a split about their one common mean. */
public final class Variance {
  private Variance() {}

  public static double of(Examples examples, DataSpec spec) {
    float[] values = new float[spec.values()];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < examples.size(); i++) {
      examples.read(i, values, 0);
      for (float value : values) {
        sum += value;
        squares += (double) value * value;
      }
    }
    double count = (double) examples.size() * spec.values();
    double mean = sum / count;
    return squares / count - mean * mean;
  }
}
