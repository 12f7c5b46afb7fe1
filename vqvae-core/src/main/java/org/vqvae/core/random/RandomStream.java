package org.vqvae.core.random;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A named stream of random numbers whose whole state is one long, so that a checkpoint can hold it.
 *
 * <p>SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators").
 * Streams of one seed and different names are independent for all practical purposes: a stage that
 * draws more numbers moves no other.
 */
public final class RandomStream {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  private RandomStream(long state) {
    this.state = state;
  }

  /** The stream of that name of an experiment's seed. */
  public static RandomStream of(long seed, String name) {
    CRC32C crc = new CRC32C();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return new RandomStream(mix(seed + GAMMA) ^ mix(crc.getValue() * GAMMA));
  }

  /** The stream that goes on where {@link #state()} was read. */
  public static RandomStream restore(long state) {
    return new RandomStream(state);
  }

  /** A stream of its own for a number, such as a step or an example; this one does not move. */
  public RandomStream child(long number) {
    return new RandomStream(mix(state + mix(number * GAMMA + GAMMA)));
  }

  public long state() {
    return state;
  }

  /** Goes on from the state of another stream. */
  public void setState(long newState) {
    state = newState;
  }

  public long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1), 53 bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [low, high). */
  public double nextDouble(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /** Uniform in 0..bound-1. */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be at least 1 but was " + bound);
    }
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /**
   * Standard normal (Box and Muller 1958; one of the two values, so that the state stays one long).
   */
  public double nextGaussian() {
    double radius = Math.sqrt(-2 * Math.log(1 - nextDouble()));
    return radius * Math.cos(2 * Math.PI * nextDouble());
  }

  /** A permutation of 0..size-1 (Fisher and Yates). */
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
