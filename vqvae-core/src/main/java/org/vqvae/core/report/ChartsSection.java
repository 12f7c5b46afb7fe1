package org.vqvae.core.report;

import java.util.List;

/** Charts side by side, under a sentence about them. */
public record ChartsSection(String title, String note, List<LineChart> charts)
    implements ReportSection {

  public ChartsSection {
    charts = List.copyOf(charts);
  }

  @Override
  public void write(Markup page) {
    page.leaf("p", note, "class", "note").open("div", "class", "charts");
    charts.forEach(chart -> chart.write(page));
    page.close();
  }
}
