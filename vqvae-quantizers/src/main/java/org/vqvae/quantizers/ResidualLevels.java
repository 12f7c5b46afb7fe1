package org.vqvae.quantizers;

import java.util.ArrayList;
import java.util.List;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Quantizer;
import org.vqvae.core.config.Chosen;
import org.vqvae.core.config.Parts;

/** Checks that the parts of a residual quantizer fit together. */
final class ResidualLevels {
  static final String NOTHING =
      "a residual of nothing: list at least one quantizer, such as [{ type = ema }, { type = ema"
          + " }]";

  private ResidualLevels() {}

  /**
   * The chosen levels.
   *
   * @throws IncompatibleException if there are none, one has no codes, or one has codes of another
   *     length
   */
  static List<Quantizer> of(List<Chosen<Bottleneck>> chosen, Parts parts) {
    if (chosen.isEmpty()) {
      throw new IncompatibleException("levels: " + NOTHING);
    }
    List<Quantizer> levels = new ArrayList<>();
    for (Chosen<Bottleneck> each : chosen) {
      String name = "level %d (%s)".formatted(levels.size() + 1, each.type());
      levels.add(quantizer(name, parts.get(each)));
      checkDim(name, levels);
    }
    return List.copyOf(levels);
  }

  private static Quantizer quantizer(String name, Bottleneck part) {
    if (!(part instanceof Quantizer quantizer)) {
      throw new IncompatibleException(
          name + " of a residual has no codes: choose a quantizer, such as ema or nearest");
    }
    if (quantizer instanceof ResidualQuantizer residual && residual.drops()) {
      throw new IncompatibleException(
          name
              + " of a residual has a quantizer-dropout of its own: set that to 0 and list its"
              + " levels in the outer residual");
    }
    return quantizer;
  }

  private static void checkDim(String name, List<Quantizer> levels) {
    int first = levels.get(0).codeDim();
    int last = levels.get(levels.size() - 1).codeDim();
    if (first != last) {
      throw new IncompatibleException(
          "%s of a residual has code-dim %d but level 1 has %d: give all levels the same"
              .formatted(name, last, first));
    }
  }
}
