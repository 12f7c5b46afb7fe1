package org.vqvae.core.coder;

import java.util.List;
import org.vqvae.core.IncompatibleException;

/**
 * The classes, such as speakers, that a model was trained with, as people name them.
 *
 * @param known in the order of their labels
 */
public record ClassNames(List<String> known) {

  /**
   * The label of a class.
   *
   * @throws IncompatibleException if the model does not know it
   */
  public int label(String name) {
    if (known.isEmpty()) {
      throw new IncompatibleException(
          "this model knows no classes or speakers, so it cannot take \"%s\" for one; leave the name out, or train a run on data with classes"
              .formatted(name));
    }
    int label = known.indexOf(name);
    if (label < 0) {
      throw new IncompatibleException(
          "this model has never seen or heard \"%s\"; it knows: %s".formatted(name, this));
    }
    return label;
  }

  @Override
  public String toString() {
    return String.join(", ", known);
  }
}
