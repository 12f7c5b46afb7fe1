package org.vqvae.core.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every figure of the run with its key, its unit and its meaning. */
public record ResultsSection(String title, Results results) implements ReportSection {
  /** Headings of the groups of core's keys; a group of another module has its own name. */
  private static final Map<String, String> GROUPS =
      Map.ofEntries(
          Map.entry("codebook", "Codebooks, test set"),
          Map.entry("train", "Training"),
          Map.entry("test", "Test set"),
          Map.entry("levels", "First levels of the codes alone, test set"),
          Map.entry("maps", "One map of the codes alone, test set"),
          Map.entry("prior", "Priors, test set"),
          Map.entry("bound", "Bound, test set"),
          Map.entry("probe", "What codes contain, test set"));

  @Override
  public void write(Markup page) {
    page.leaf(
        "p",
        "The same figures, under the keys in small print, are in results.json.",
        "class",
        "note");
    page.open("table", "class", "results");
    List<String> groups =
        results.entries().stream().map(entry -> entry.key().group()).distinct().toList();
    groups.forEach(group -> writeGroup(page, group));
    page.close();
  }

  private void writeGroup(Markup page, String group) {
    page.open("tbody").open("tr");
    page.leaf("th", heading(group), "class", "group", "colspan", "3", "scope", "colgroup").close();
    results.entries().stream()
        .filter(entry -> entry.key().group().equals(group))
        .forEach(entry -> writeRow(page, entry));
    page.close().line();
  }

  private static String heading(String group) {
    return GROUPS.getOrDefault(
        group, group.substring(0, 1).toUpperCase(Locale.ROOT) + group.substring(1));
  }

  private static void writeRow(Markup page, Results.Entry entry) {
    ResultKey key = entry.key();
    page.open("tr").open("th", "scope", "row").text(key.label()).leaf("code", key.name()).close();
    page.open("td", "class", key.isText() ? "value words" : "value").text(entry.text());
    if (!key.isText() && !key.unit().equals("number")) {
      page.text(" ").leaf("small", key.unit());
    }
    page.close().leaf("td", key.meaning(), "class", "meaning").close().line();
  }
}
