package org.vqvae.core;

/**
 * One term of a loss: the loss is the sum of all {@code weight x value}.
 *
 * @param name such as {@code commitment}; metrics and results are named after it
 * @param value the mean over what the unit says
 * @param weight its factor in the loss, such as beta
 */
public record Term(String name, Unit unit, double value, double weight) {

  public Term {
    if (!name.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException(
          "a term's name has lower-case letters, digits and '-' but was \"" + name + "\"");
    }
  }

  /** What it adds to the loss. */
  public double weighted() {
    return weight * value;
  }

  /** The same quantity in another unit. */
  public Term as(Unit other, double factor) {
    return new Term(name, other, factor * value, weight);
  }

  /** The same under another name, such as that of the map that it is of. */
  public Term named(String other) {
    return new Term(other, unit, value, weight);
  }

  /** The same value with another weight. */
  public Term times(double factor) {
    return new Term(name, unit, value, factor * weight);
  }
}
