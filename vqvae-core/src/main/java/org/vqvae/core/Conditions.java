package org.vqvae.core;

import java.util.Optional;

/**
 * The form of what a network is conditioned on; its values are a {@link Condition}.
 *
 * @param classes the number of classes, 0 for none
 * @param coarser the codes of coarser maps that are known before, empty for none
 */
public record Conditions(int classes, Optional<CodeShape> coarser) {
  /** Nothing. */
  public static final Conditions NONE = new Conditions(0, Optional.empty());

  public Conditions {
    if (classes < 0) {
      throw new IllegalArgumentException("classes must be at least 0 but was " + classes);
    }
  }

  /** The class of an example alone. */
  public static Conditions ofClasses(int classes) {
    return new Conditions(classes, Optional.empty());
  }

  /** These and the codes of coarser maps. */
  public Conditions withCoarser(CodeShape codes) {
    return new Conditions(classes, Optional.of(codes));
  }
}
