package org.vqvae.image.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Medium;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.Evidence.Drawn;
import org.vqvae.core.report.Evidence.Reconstructions;
import org.vqvae.core.report.Exhibits;
import org.vqvae.core.report.ReportSection;
import org.vqvae.core.report.Results;
import org.vqvae.image.Pictures;

/**
 * Pictures side by side: originals above their reconstructions, what parts of the codes alone are
 * decoded to, and a sheet for each prior.
 */
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
    return Pictures.MEDIUM;
  }

  /** Pictures have no figures of their own. */
  @Override
  public Results measure(Evidence evidence, Results known) {
    return Results.empty();
  }

  @Override
  public List<ReportSection> sections(Evidence evidence, Results results) {
    List<ReportSection> sections = new ArrayList<>();
    Reconstructions made = evidence.reconstructions(RECONSTRUCTIONS);
    sections.add(reconstructions(made));
    Map<String, INDArray> parts = evidence.parts(made);
    if (!parts.isEmpty()) {
      sections.add(parts(made, parts));
    }
    if (!evidence.samples().isEmpty()) {
      sections.add(samples(evidence, results));
    }
    evidence
        .samplesByClass(SAMPLES_OF_A_CLASS)
        .ifPresent(drawn -> sections.add(classes(drawn, evidence.data().classes())));
    return sections;
  }

  private static ReportSection reconstructions(Reconstructions made) {
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
        "Pictures of the test set, never trained on. Of each pair, the original is above and what the decoder makes of its %s is below."
            .formatted(latents(made)),
        rows);
  }

  private static String latents(Reconstructions made) {
    return made.codes().map(codes -> codes.shape().codes() + " codes").orElse("latents");
  }

  /** A row of the same pictures for each part, between the originals and the reconstructions. */
  private static ReportSection parts(Reconstructions made, Map<String, INDArray> parts) {
    List<Picture> rows = new ArrayList<>();
    rows.add(row("originals", made.originals()));
    parts.forEach((name, pictures) -> rows.add(row(name, pictures)));
    rows.add(row("all codes", made.reconstructions()));
    return new PicturesSection(
        "Parts of the codes",
        "The same pictures of the test set, decoded from parts of their codes alone.",
        rows);
  }

  private static Picture row(String title, INDArray pictures) {
    Images all = Images.of(pictures);
    Images shown = all.slice(0, Math.min(all.count(), PAIRS_IN_A_ROW));
    return new Picture(
        title,
        "",
        "%d pictures, %s".formatted(shown.count(), title),
        new ImageGrid(PAIRS_IN_A_ROW / 2, 2).sheet(shown),
        2);
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

  private static ReportSection samples(Evidence evidence, Results results) {
    List<Picture> sheets = new ArrayList<>();
    for (Drawn drawn : evidence.samples()) {
      Images samples = Images.of(drawn.examples());
      sheets.add(
          new Picture(
              drawn.prior(),
              drawn.cost(results),
              "%d pictures sampled from %s".formatted(samples.count(), drawn.prior()),
              new ImageGrid(SAMPLES_IN_A_ROW, 2).sheet(samples),
              2));
    }
    return new PicturesSection(
        "Samples",
        evidence.codeShape().isPresent()
            ? "Codes drawn from each prior, decoded. The fewer bits a code costs, the more the"
                + " prior knows."
            : "Latents drawn from their own prior, decoded.",
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
