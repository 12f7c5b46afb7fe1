package org.vqvae.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportTest {
  private final String page = new FakeRun().report().html();

  @Test
  void is_html_and_well_formed_xml_at_once() throws Exception {
    assertThat(page).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
    assertThat(parse(page).getDocumentElement().getTagName()).isEqualTo("html");
  }

  @Test
  void needs_nothing_from_outside() throws Exception {
    // WHEN
    Document document = parse(page);

    // THEN there is nothing to load, and no script
    for (String loads :
        List.of("script", "link", "iframe", "object", "video", "audio", "base", "use")) {
      assertThat(document.getElementsByTagName(loads).getLength()).as(loads).isZero();
    }
    for (Element element : elements(document, "*")) {
      assertThat(element.getAttribute("src")).matches("|data:image/png;base64,[A-Za-z0-9+/=]+");
      assertThat(element.getAttribute("href")).matches("|#[a-z0-9-]+");
    }
    assertThat(page).doesNotContain("http:", "https:", "url(", "@import");
  }

  @Test
  void describes_every_picture_and_drawing_to_those_who_cannot_see_it() throws Exception {
    Document document = parse(page);
    assertThat(elements(document, "img"))
        .hasSize(1)
        .allMatch(img -> !img.getAttribute("alt").isBlank());
    assertThat(elements(document, "svg"))
        .hasSizeGreaterThan(5)
        .allMatch(
            svg ->
                !svg.getAttribute("aria-label").isBlank()
                    || svg.getAttribute("aria-hidden").equals("true"));
  }

  @Test
  void links_to_each_section_once() throws Exception {
    Document document = parse(page);
    List<String> targets =
        elements(document, "section").stream()
            .map(section -> "#" + section.getAttribute("id"))
            .toList();
    List<String> links =
        elements(document, "a").stream().map(link -> link.getAttribute("href")).toList();
    assertThat(links).isEqualTo(targets).doesNotHaveDuplicates();
  }

  @Test
  void numbers_the_anchors_of_sections_of_one_title() throws Exception {
    // GIVEN two sections whose titles differ in no letter
    ReportHeader header = new ReportHeader("x", "y", List.of(), Map.of());
    ReportSection first = new ChartsSection("Samples", "", List.of());
    ReportSection second = new ChartsSection("Samples!", "", List.of());

    // WHEN
    Document document = parse(new Report(header, List.of(first, second), "").html());

    // THEN
    assertThat(elements(document, "section"))
        .extracting(section -> section.getAttribute("id"))
        .containsExactly("samples", "samples-2");
  }

  @Test
  void shows_hostile_names_as_text() throws Exception {
    // GIVEN
    String name = "<script>alert(\"1\")</script> & 'x' \u0000\uD800";
    ReportHeader header =
        new ReportHeader(
            name, name, List.of(new ReportHeader.Tile(name, name, name)), Map.of(name, name));
    ReportSection section = new RepeatSection(name, List.of(name), Map.of(name, name), name);

    // WHEN
    Document document = parse(new Report(header, List.of(section), name).html());

    // THEN
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(elements(document, "h1").get(0).getTextContent())
        .isEqualTo("<script>alert(\"1\")</script> & 'x' \uFFFD\uFFFD");
  }

  @Test
  void replaces_the_page_of_an_earlier_run_and_leaves_no_other_file(@TempDir Path folder)
      throws Exception {
    // GIVEN
    Path file = folder.resolve("report.html");
    Files.writeString(file, "old");

    // WHEN
    new FakeRun().report().write(file);

    // THEN
    assertThat(file).hasContent(page);
    assertThat(folder.toFile().list()).containsExactly("report.html");
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
