package org.vqvae.core.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vqvae.core.CodeUsage;

/**
 * How often each code of each codebook is used.
 *
 * @param codebooks their usage over a whole set, by name and in order, see {@link CodebookName}
 */
public record UsageSection(String title, String note, Map<String, CodeUsage> codebooks)
    implements ReportSection {

  public UsageSection {
    codebooks = Collections.unmodifiableMap(new LinkedHashMap<>(codebooks));
  }

  @Override
  public void write(Markup page) {
    page.leaf("p", note, "class", "note");
    codebooks.forEach(
        (name, usage) -> {
          if (codebooks.size() > 1) {
            page.leaf("h3", name);
          }
          new UsageCharts(usage.counts()).write(page);
        });
  }
}
