package org.vqvae.core;

/**
 * What examples are to a person, such as pictures or sound. A module brings a medium along: what
 * reads and writes its files and what reports on it is found by the name.
 *
 * @param name such as {@code image}; lower-case letters, digits, '-'
 * @param levels how many levels of the data lie in an interval of length 1: 255 for bytes b scaled
 *     to b / 255 - 0.5. They turn a density into the probability of a level
 */
public record Medium(String name, int levels) {

  public Medium {
    if (!name.matches("[a-z0-9-]+") || levels < 1) {
      throw new IllegalArgumentException(
          "a medium needs a name of lower-case letters, digits and '-', and at least 1 level, but was \"%s\" with %d"
              .formatted(name, levels));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
