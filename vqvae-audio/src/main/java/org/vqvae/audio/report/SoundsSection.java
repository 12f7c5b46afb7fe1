package org.vqvae.audio.report;

import java.util.List;
import org.vqvae.core.report.Markup;
import org.vqvae.core.report.ReportSection;

/**
 * Groups of sounds under a sentence about them: the sounds of a group side by side, such as an
 * original and its reconstruction, or below each other, such as the samples of a prior.
 *
 * @param layout {@code beside} or {@code below}
 */
record SoundsSection(String title, String note, String layout, List<Group> groups)
    implements ReportSection {
  static final String BESIDE = "beside";
  static final String BELOW = "below";

  /** Sounds that belong together, such as an original and its reconstruction. */
  record Group(String title, String note, List<SoundFigure> sounds) {}

  SoundsSection {
    groups = List.copyOf(groups);
  }

  @Override
  public void write(Markup page) {
    page.leaf("p", note, "class", "note").open("div", "class", "sounds " + layout);
    for (Group group : groups) {
      page.open("div", "class", "group").open("h3").text(group.title);
      page.leaf("span", group.note, "class", "legend").close().open("div", "class", "row");
      group.sounds.forEach(sound -> sound.write(page));
      page.close().close().line();
    }
    page.close();
  }
}
