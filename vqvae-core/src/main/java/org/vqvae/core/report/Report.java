package org.vqvae.core.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vqvae.core.store.AtomicFile;

/**
 * A run as one page that needs nothing else: style, charts and pictures are within it, and it has
 * no script.
 *
 * @param footer the last line, such as the version that wrote it and when
 */
public record Report(ReportHeader header, List<ReportSection> sections, String footer) {

  public Report {
    sections = List.copyOf(sections);
  }

  /** Writes the page in one move: a reader sees the old one or the new one. */
  public void write(Path file) {
    AtomicFile.write(file, html());
  }

  /** The page: HTML 5 and well-formed XML at once. */
  public String html() {
    Markup page = new Markup();
    page.open("html", "lang", "en").line().open("head");
    page.empty("meta", "charset", "utf-8");
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "color-scheme", "content", "light dark");
    page.leaf("title", header.experiment() + " – vqvae report").style(styleSheet()).close().line();
    page.open("body").open("main");
    List<String> anchors = anchors();
    writeHeader(page, anchors);
    for (int i = 0; i < sections.size(); i++) {
      writeSection(page, sections.get(i), anchors.get(i));
    }
    page.leaf("footer", footer).close().close().line().close();
    return "<!DOCTYPE html>\n" + page + "\n";
  }

  private void writeHeader(Markup page, List<String> anchors) {
    page.open("header")
        .leaf("p", "vqvae report", "class", "kicker")
        .leaf("h1", header.experiment());
    page.leaf("p", header.verdict(), "class", "verdict").open("dl", "class", "tiles");
    for (ReportHeader.Tile tile : header.tiles()) {
      page.open("div")
          .leaf("dt", tile.label())
          .leaf("dd", tile.value(), "class", "big")
          .leaf("dd", tile.note())
          .close();
    }
    page.close().open("dl", "class", "facts");
    header
        .settings()
        .forEach((name, value) -> page.open("div").leaf("dt", name).leaf("dd", value).close());
    page.close().open("nav", "aria-label", "Sections");
    for (int i = 0; i < sections.size(); i++) {
      page.leaf("a", sections.get(i).title(), "href", "#" + anchors.get(i)).text(" ");
    }
    page.close().close().line();
  }

  private static void writeSection(Markup page, ReportSection section, String anchor) {
    page.open("section", "id", anchor).leaf("h2", section.title()).line();
    section.write(page);
    page.close().line();
  }

  /** The sections' titles as addresses within the page, each of them once. */
  private List<String> anchors() {
    List<String> anchors = new ArrayList<>();
    for (ReportSection section : sections) {
      String name =
          section
              .title()
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^a-z0-9]+", "-")
              .replaceAll("^-|-$", "");
      String anchor = name;
      for (int i = 2; anchors.contains(anchor); i++) {
        anchor = name + "-" + i;
      }
      anchors.add(anchor);
    }
    return anchors;
  }

  private static String styleSheet() {
    try (InputStream in = Report.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
