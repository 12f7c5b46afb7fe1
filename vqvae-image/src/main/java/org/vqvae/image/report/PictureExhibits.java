package org.vqvae.image.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.vqvae.core.DataSpec.Medium;
import org.vqvae.core.report.ClassSamplesSection;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.Evidence.Drawn;
import org.vqvae.core.report.Evidence.Reconstructions;
import org.vqvae.core.report.Exhibits;
import org.vqvae.core.report.Figures;
import org.vqvae.core.report.ImageGrid;
import org.vqvae.core.report.Images;
import org.vqvae.core.report.Picture;
import org.vqvae.core.report.PicturesSection;
import org.vqvae.core.report.ReportSection;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;

/** Pictures side by side: originals above their reconstructions, and a sheet for each prior. */
public final class PictureExhibits implements Exhibits {
  private static final int RECONSTRUCTIONS = 24;
  private static final int PAIRS_IN_A_ROW = 12;
  private static final int SAMPLES_IN_A_ROW = 8;
  private static final int SAMPLES_OF_A_CLASS = 10;

  /** Narrower pictures are enlarged. */
  private static final int SMALL = 200;

  private static final int MOST_PIXELS = 1_000_000;

  @Override
  public Medium medium() {
    return Medium.IMAGE;
  }

  /** Pictures have no figures of their own. */
  @Override
  public Results measure(Evidence evidence, Results known) {
    return Results.empty();
  }

  @Override
  public List<ReportSection> sections(Evidence evidence, Results results) {
    List<ReportSection> sections = new ArrayList<>();
    sections.add(reconstructions(evidence));
    sections.add(samples(evidence.samples(), results));
    evidence
        .samplesByClass(SAMPLES_OF_A_CLASS)
        .ifPresent(drawn -> sections.add(classes(drawn, evidence.data().classes())));
    return sections;
  }

  private static ReportSection reconstructions(Evidence evidence) {
    Reconstructions made = evidence.reconstructions(RECONSTRUCTIONS);
    Images originals = Images.of(made.originals());
    Images reconstructions = Images.of(made.reconstructions());
    List<Picture> rows = new ArrayList<>();
    for (int from = 0; from < originals.count(); from += PAIRS_IN_A_ROW) {
      int to = Math.min(originals.count(), from + PAIRS_IN_A_ROW);
      rows.add(
          new Picture(
              "",
              "",
              (to - from) + " pairs of pictures, originals above their reconstructions",
              new ImageGrid(PAIRS_IN_A_ROW / 2, 3)
                  .pairs(originals.slice(from, to), reconstructions.slice(from, to)),
              3));
    }
    return new PicturesSection(
        "Reconstructions",
        "Pictures of the test set, never trained on. Of each pair, the original is above and what the decoder makes of its %d codes is below."
            .formatted(evidence.codeSpace().positions()),
        rows);
  }

  @Override
  public ReportSection compared(List<Pair> pairs) {
    return new PicturesSection(
        "Reconstructions",
        "Of each pair, the original is above and what the decoder makes of its codes is below."
            + " Large pictures are shrunk; the files beside this page are not.",
        pairs.stream().map(PictureExhibits::compared).toList());
  }

  private static Picture compared(Pair pair) {
    BufferedImage sheet =
        new ImageGrid(1, 0)
            .pairs(Images.of(List.of(pair.original())), Images.of(List.of(pair.reconstruction())));
    return new Picture(
        pair.name(),
        "",
        pair.name() + ", the original above its reconstruction",
        shrunk(sheet),
        sheet.getWidth() < SMALL ? 3 : 1);
  }

  /** Of at most a million pixels, so that the page stays one that can be mailed. */
  private static BufferedImage shrunk(BufferedImage sheet) {
    double factor = Math.sqrt(MOST_PIXELS / ((double) sheet.getWidth() * sheet.getHeight()));
    if (factor >= 1) {
      return sheet;
    }
    int width = (int) Math.max(1, sheet.getWidth() * factor);
    int height = (int) Math.max(1, sheet.getHeight() * factor);
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = small.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    pen.drawImage(sheet, 0, 0, width, height, null);
    pen.dispose();
    return small;
  }

  private static ReportSection samples(List<Drawn> all, Results results) {
    List<Picture> sheets = new ArrayList<>();
    for (Drawn drawn : all) {
      Images samples = Images.of(drawn.examples());
      double bits = results.number(ResultKeys.PRIOR_BITS.of(drawn.prior())).orElseThrow();
      sheets.add(
          new Picture(
              drawn.prior(),
              Figures.decimals(bits, 2) + " bits per code",
              "%d pictures sampled from %s".formatted(samples.count(), drawn.prior()),
              new ImageGrid(SAMPLES_IN_A_ROW, 2).sheet(samples),
              2));
    }
    return new PicturesSection(
        "Samples",
        "Codes drawn from each prior, decoded. The fewer bits a code costs, the more the prior"
            + " knows.",
        sheets);
  }

  private static ReportSection classes(Drawn drawn, List<String> classes) {
    Images samples = Images.of(drawn.examples());
    List<Picture> rows = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      rows.add(
          new Picture(
              classes.get(i),
              "",
              "%d samples of %s".formatted(SAMPLES_OF_A_CLASS, classes.get(i)),
              new ImageGrid(SAMPLES_OF_A_CLASS, 2)
                  .sheet(samples.slice(i * SAMPLES_OF_A_CLASS, (i + 1) * SAMPLES_OF_A_CLASS)),
              2));
    }
    return new ClassSamplesSection(
        "Samples by class", "Drawn from %s, given the class.".formatted(drawn.prior()), rows);
  }
}
