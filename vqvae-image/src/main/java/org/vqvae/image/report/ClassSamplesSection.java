package org.vqvae.image.report;

import java.util.List;
import org.vqvae.core.report.Markup;
import org.vqvae.core.report.ReportSection;

/** Samples given the class: a row of pictures for each, whose title is the class's name. */
public record ClassSamplesSection(String title, String note, List<Picture> rows)
    implements ReportSection {

  public ClassSamplesSection {
    rows = List.copyOf(rows);
  }

  @Override
  public void write(Markup page) {
    page.leaf("p", note, "class", "note").open("table", "class", "classes").open("tbody");
    for (Picture row : rows) {
      page.open("tr").leaf("th", row.title(), "scope", "row").open("td");
      row.writeImage(page);
      page.close().close().line();
    }
    page.close().close();
  }
}
