package org.vqvae.audio.wav;

import java.math.BigInteger;

/**
 * A change of sample rate by a windowed sinc, in polyphase form: output k is the input at time k
 * from / to, low-passed, without delay; before and after the input there is silence.
 *
 * <p>The low-pass is a Kaiser window (Kaiser 1974; Oppenheim and Schafer, "Discrete-Time Signal
 * Processing", sec. 7.5.3) of 128 lobes of the lower rate and 100 dB, so beta = 0.1102 (100 - 8.7)
 * = 10.06. Of the lower rate's half, frequencies up to 0.9 pass unchanged, the gain is 1/2 at 0.95,
 * and from 1 on they are damped by at least 98 dB. Every phase sums to 1, so constants stay as they
 * are. Thread-safe.
 */
public final class Resampler {
  private static final int HALF_WIDTH = 64;
  private static final double CUTOFF = 0.95;
  private static final double BETA = 0.1102 * (100 - 8.7);

  /** From and to without common factors: output k is at input time k * step / phases. */
  private final int step;

  private final int phases;

  /** Input samples before, and after, an output's time that count. */
  private final int reach;

  private final float[][] taps;

  /**
   * Makes the filters.
   *
   * @param from samples per second of the input, at least 1
   * @param to samples per second of the output, at least 1
   */
  public Resampler(int from, int to) {
    int divisor = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
    this.step = from / divisor;
    this.phases = to / divisor;
    double narrowing = Math.max(1, (double) from / to);
    this.reach = (int) Math.ceil(HALF_WIDTH * narrowing);
    this.taps = step == phases ? new float[0][] : new float[phases][];
    for (int phase = 0; phase < taps.length; phase++) {
      taps[phase] = taps((double) phase / phases, narrowing);
    }
  }

  /** The filter for outputs that lie {@code fraction} after an input sample. */
  private float[] taps(double fraction, double narrowing) {
    double[] exact = new double[2 * reach];
    double sum = 0;
    for (int i = 0; i < exact.length; i++) {
      double time = (i - reach + 1 - fraction) / narrowing;
      exact[i] = sinc(CUTOFF * time) * kaiser(time / HALF_WIDTH);
      sum += exact[i];
    }
    float[] rounded = new float[exact.length];
    for (int i = 0; i < exact.length; i++) {
      rounded[i] = (float) (exact[i] / sum);
    }
    return rounded;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double kaiser(double x) {
    return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
  }

  /** The modified Bessel function I_0, by its power series. */
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }

  /** How many samples {@link #apply} makes of that many: at least one of any. */
  public long outputLength(int inputLength) {
    return ((long) inputLength * phases + step - 1) / step;
  }

  /** The same sound at the new rate. */
  public float[] apply(float[] input) {
    if (step == phases) {
      return input.clone();
    }
    float[] output = new float[Math.toIntExact(outputLength(input.length))];
    for (int k = 0; k < output.length; k++) {
      long time = (long) k * step;
      output[k] = at(input, (int) (time / phases), taps[(int) (time % phases)]);
    }
    return output;
  }

  private float at(float[] input, int index, float[] filter) {
    int begin = index - reach + 1;
    int first = Math.max(0, -begin);
    int end = Math.min(filter.length, input.length - begin);
    double sum = 0;
    for (int i = first; i < end; i++) {
      sum += filter[i] * input[begin + i];
    }
    return (float) sum;
  }
}
