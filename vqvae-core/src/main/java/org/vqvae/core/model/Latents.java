package org.vqvae.core.model;

import java.util.List;
import java.util.Optional;
import org.vqvae.core.Bottled;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Quantizer;
import org.vqvae.core.nn.Parameter;

/** What all models do with latents, codes and shared parameters. */
final class Latents {
  private Latents() {}

  /** The form of a bottleneck's codes on a grid; empty if it has none. */
  static Optional<CodeShape> shape(Bottleneck bottleneck, Grid grid) {
    return bottleneck instanceof Quantizer quantizer
        ? Optional.of(CodeShape.of(grid, quantizer.codebookSizes()))
        : Optional.empty();
  }

  /**
   * The codes that a quantizer chose, as a value.
   *
   * @throws IllegalStateException if they are not those of that many examples
   */
  static Codes codes(CodeShape shape, Bottled bottled, long examples) {
    long expected = examples * shape.codes();
    if (bottled.codes().length != expected) {
      throw new IllegalStateException(
          "the quantizer gave %d codes for %d examples of %s, which have %d: its apply must give one for each row and codebook"
              .formatted(bottled.codes().length, examples, shape, expected));
    }
    return Codes.of(shape, bottled.codes());
  }

  /**
   * Fails unless codes are of a model's shape or of fewer levels of it.
   *
   * @throws IncompatibleException if they are not
   */
  static void checkShape(Codes codes, CodeShape model) {
    int depth = codes.shape().depth();
    if (depth > model.depth() || !codes.shape().equals(model.truncated(depth))) {
      throw new IncompatibleException(
          "codes of %s are not codes of this model, which takes %s, or fewer levels of it"
              .formatted(codes.shape(), model));
    }
  }

  static IncompatibleException noCodes() {
    return new IncompatibleException(
        "this model has no codes: its quantizer is continuous; choose one with codes (vqvae list)"
            + " for everything that needs codes, such as encode, decode and priors");
  }

  static IncompatibleException cannotDraw() {
    return new IncompatibleException(
        "this model's latents have no distribution to draw from; choose quantizer \"gaussian\", or"
            + " one with codes and fit a prior to them");
  }

  /**
   * Binds parameters to the values and gradients of a network for another size.
   *
   * @param trained the size of the examples of that network
   */
  static void share(List<Parameter> from, List<Parameter> to, Grid trained) {
    List<String> expected = from.stream().map(Parameter::toString).toList();
    if (!expected.equals(to.stream().map(Parameter::toString).toList())) {
      throw new IncompatibleException(
          "this run's model has other parameters for examples of another size than for those of %s that it was trained on, so it cannot code them"
              .formatted(trained));
    }
    for (int i = 0; i < to.size(); i++) {
      to.get(i).bind(from.get(i).value(), from.get(i).gradient());
    }
  }
}
