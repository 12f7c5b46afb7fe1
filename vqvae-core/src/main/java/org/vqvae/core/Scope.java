package org.vqvae.core;

import org.vqvae.core.nn.Parameter;
import org.vqvae.core.random.ExampleStreams;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;

/**
 * The place of a part in a model: its parameters and its randomness are named after it, such as
 * {@code quantizer/level-1/codebook}, so that two parts of one kind never share a name.
 */
public final class Scope {
  private final RandomStreams streams;
  private final String path;

  private Scope(RandomStreams streams, String path) {
    this.streams = streams;
    this.path = path;
  }

  /** The place that all others are in. */
  public static Scope root(RandomStreams streams) {
    return new Scope(streams, "");
  }

  /**
   * A place within this one.
   *
   * @param name lower-case letters, digits, '-'; '/' between several names
   */
  public Scope child(String name) {
    return new Scope(streams, name(name));
  }

  /** The full name of something in this place. */
  public String name(String own) {
    return path.isEmpty() ? own : path + "/" + own;
  }

  /**
   * The random stream of that name in this place, the same for everybody who asks; a checkpoint
   * holds its state. For what is drawn once a step or less.
   */
  public RandomStream random(String own) {
    return streams.named(name(own));
  }

  /** The random streams of single examples, for what a forward pass draws. */
  public ExampleStreams perExample(String own) {
    return new ExampleStreams(streams.seed(), name(own));
  }

  /** A parameter of this place that the optimizer changes by its gradient. */
  public Parameter learned(String own, Parameter.Initializer initializer, long... shape) {
    return Parameter.learned(name(own), initializer, shape);
  }

  /** State of this place that its owner changes itself. */
  public Parameter state(String own, Parameter.Initializer initializer, long... shape) {
    return Parameter.state(name(own), initializer, shape);
  }

  @Override
  public String toString() {
    return path;
  }
}
