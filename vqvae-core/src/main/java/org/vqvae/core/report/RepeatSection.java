package org.vqvae.core.report;

import java.util.List;
import java.util.Map;

/**
 * How to do it again: the commands, where the run came from, and its whole config, folded.
 *
 * @param commands such as {@code ./vqvae run glyphs}
 * @param provenance versions, seed, machine, by name and in order
 * @param config the resolved config
 */
public record RepeatSection(
    String title, List<String> commands, Map<String, String> provenance, String config)
    implements ReportSection {

  @Override
  public void write(Markup page) {
    page.leaf("pre", String.join("\n", commands), "class", "commands").open("dl", "class", "facts");
    provenance.forEach(
        (name, value) -> page.open("div").leaf("dt", name).leaf("dd", value).close());
    page.close().open("details").leaf("summary", "The resolved config");
    page.leaf("pre", config).close();
  }
}
