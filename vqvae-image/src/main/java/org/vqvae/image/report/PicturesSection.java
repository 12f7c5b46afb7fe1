package org.vqvae.image.report;

import java.util.List;
import org.vqvae.core.report.Markup;
import org.vqvae.core.report.ReportSection;

/**
 * Pictures side by side, under a sentence about them: reconstructions, or the samples of every
 * prior.
 */
public record PicturesSection(String title, String note, List<Picture> pictures)
    implements ReportSection {

  public PicturesSection {
    pictures = List.copyOf(pictures);
  }

  @Override
  public void write(Markup page) {
    page.leaf("p", note, "class", "note").open("div", "class", "pictures");
    pictures.forEach(picture -> picture.write(page));
    page.close();
  }
}
