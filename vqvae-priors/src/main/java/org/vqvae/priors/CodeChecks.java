package org.vqvae.priors;

import org.jspecify.annotations.Nullable;
import org.vqvae.core.CodeSpace;

/** What every prior asks of the codes and labels that it is given. */
final class CodeChecks {
  private CodeChecks() {}

  /** The number of examples that these codes are of. */
  static int examples(int[] codes, CodeSpace space) {
    if (codes.length == 0 || codes.length % space.positions() != 0) {
      throw new IllegalArgumentException(
          "codes: expected whole examples of %s = %d codes, at least one, but there are %d codes"
              .formatted(space.grid(), space.positions(), codes.length));
    }
    requireInRange(codes, space);
    return codes.length / space.positions();
  }

  /** Fails unless these are the codes of one position, one per example. */
  static void requireOnePosition(int[] codes, int examples, CodeSpace space) {
    if (codes.length != examples) {
      throw new IllegalArgumentException(
          "codes: expected one for each of %d examples but there are %d"
              .formatted(examples, codes.length));
    }
    requireInRange(codes, space);
  }

  private static void requireInRange(int[] codes, CodeSpace space) {
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] < 0 || codes[i] >= space.codebookSize()) {
        throw new IllegalArgumentException(
            "code %d is %d: it must be in 0..%d".formatted(i, codes[i], space.codebookSize() - 1));
      }
    }
  }

  /** The labels of a prior that is conditioned on them. */
  static int[] requireLabels(int @Nullable [] labels, int examples, int classes) {
    if (labels == null || labels.length != examples) {
      throw new IllegalArgumentException(
          "labels: this prior is conditioned on %d classes and needs one label for each of %d examples but got %s"
              .formatted(classes, examples, labels == null ? "none" : labels.length));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "label %d is %d: it must be in 0..%d".formatted(i, labels[i], classes - 1));
      }
    }
    return labels;
  }
}
