package org.vqvae.priors;

import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;

/** Checks of what the networks of this module are called with. */
final class PriorArguments {
  private PriorArguments() {}

  /** The number of examples of codes, which must have the shape that a network was built for. */
  static int examples(Codes codes, CodeShape shape) {
    if (!codes.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "codes: this prior was built for %s but the codes are %s"
              .formatted(shape, codes.shape()));
    }
    return codes.examples();
  }

  /** Fails unless there is one code for each example. */
  static void requireOneEach(int[] codes, int examples) {
    if (codes.length != examples) {
      throw new IllegalArgumentException(
          "codes: expected one for each of %d examples but there are %d"
              .formatted(examples, codes.length));
    }
  }

  /** Fails if a stream has accepted all codes. */
  static void requireMoreCodes(int accepted, CodeShape shape) {
    if (accepted == shape.codes()) {
      throw new IllegalStateException(
          "all %d codes of %s are known: there is no next one".formatted(accepted, shape));
    }
  }
}
