package org.vqvae.core.random;

import java.util.Map;
import java.util.TreeMap;

/**
 * The random streams of an experiment: one per name, all from one seed, and all of their states at
 * a glance.
 */
public final class RandomStreams {
  private final long seed;
  private final Map<String, RandomStream> streams = new TreeMap<>();

  public RandomStreams(long seed) {
    this.seed = seed;
  }

  public long seed() {
    return seed;
  }

  /** The stream of that name; the same object for every caller. */
  public RandomStream named(String name) {
    return streams.computeIfAbsent(name, key -> RandomStream.of(seed, key));
  }

  /** The state of every stream that was asked for, by name. */
  public Map<String, Long> states() {
    Map<String, Long> states = new TreeMap<>();
    streams.forEach((name, stream) -> states.put(name, stream.state()));
    return states;
  }

  /** Sets every named stream back to a state that {@link #states()} gave. */
  public void restore(Map<String, Long> states) {
    states.forEach((name, state) -> named(name).setState(state));
  }
}
