package org.vqvae.core.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Bits against distortion of a model with several codebooks: what the codes of its first levels
 * alone cost and are decoded to, and those of each map alone. Has rows for what was measured.
 */
public record LevelsSection(String title, Results results) implements ReportSection {
  private static final List<String> COLUMNS =
      List.of("Bits per example", "MSE / variance", "Nats per value");

  /** Whether there is anything to show. */
  public static boolean isMeasured(Results results) {
    return !results.names(ResultKeys.LEVEL_NMSE).isEmpty()
        || !results.names(ResultKeys.MAP_NMSE).isEmpty();
  }

  @Override
  public void write(Markup page) {
    page.leaf(
        "p",
        "The test set, decoded from parts of its codes alone. Bits are log₂ K of each code.",
        "class",
        "note");
    page.open("div", "class", "wide").open("table", "class", "bound").open("thead").open("tr");
    page.leaf("th", "Codes", "scope", "col");
    for (String head : COLUMNS) {
      page.leaf("th", head, "scope", "col", "class", "number");
    }
    page.close().close().open("tbody");
    for (String level : results.names(ResultKeys.LEVEL_NMSE)) {
      writeRow(
          page,
          level.equals("1") ? "level 1" : "levels 1 to " + level,
          List.of(
              ResultKeys.LEVEL_BITS.of(level),
              ResultKeys.LEVEL_NMSE.of(level),
              ResultKeys.LEVEL_NLL.of(level)));
    }
    for (String map : results.names(ResultKeys.MAP_NMSE)) {
      writeRow(
          page, map + " alone", List.of(ResultKeys.MAP_BITS.of(map), ResultKeys.MAP_NMSE.of(map)));
    }
    writeRow(page, "all", List.of(ResultKeys.CODE_BITS, ResultKeys.TEST_NMSE, ResultKeys.TEST_NLL));
    page.close().close().close();
  }

  private void writeRow(Markup page, String codes, List<ResultKey> keys) {
    page.open("tr").leaf("th", codes, "scope", "row");
    for (int i = 0; i < COLUMNS.size(); i++) {
      OptionalDouble value = i < keys.size() ? results.number(keys.get(i)) : OptionalDouble.empty();
      page.leaf(
          "td", value.isPresent() ? Figures.format(value.getAsDouble()) : "–", "class", "number");
    }
    page.close().line();
  }
}
