package org.vqvae.image.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.Likelihood;
import org.vqvae.core.data.Example;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.likelihood.GaussianLikelihood;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.Exhibits.Pair;
import org.vqvae.core.report.Report;
import org.vqvae.core.report.ReportHeader;
import org.vqvae.core.report.ReportSection;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.image.Pictures;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PictureExhibitsTest {
  private static final int COUNT = 14;
  private static final DataSpec DATA =
      Pictures.spec(new Grid(4, 4), 3, List.of("circle", "square"));

  private final PictureExhibits exhibits = new PictureExhibits();

  @Test
  void shows_pairs_and_samples_of_each_prior_and_class() throws Exception {
    // Given one codebook
    Results results = Results.empty().with(ResultKeys.PRIOR_BITS.of("unigram"), 5.5);

    // When
    List<ReportSection> sections = exhibits.sections(new FakeEvidence(1), results);

    // Then 14 pairs are in rows of 12
    assertThat(sections)
        .extracting(ReportSection::title)
        .containsExactly("Reconstructions", "Samples", "Samples by class");
    assertThat(descriptions(sections))
        .containsExactly(
            "12 pairs of pictures, originals above their reconstructions",
            "2 pairs of pictures, originals above their reconstructions",
            "14 pictures sampled from unigram",
            "10 samples of circle",
            "10 samples of square");
    assertThat(html(sections)).contains("makes of its 4 codes is", "5.50 bits per code");
  }

  @Test
  void shows_what_the_first_levels_alone_are_decoded_to() throws Exception {
    // When
    List<ReportSection> sections = exhibits.sections(new FakeEvidence(3), Results.empty());

    // Then
    assertThat(sections).extracting(ReportSection::title).contains("Parts of the codes");
    assertThat(descriptions(sections.subList(1, 2)))
        .containsExactly(
            "12 pictures, originals",
            "12 pictures, 1 of 3 levels",
            "12 pictures, 2 of 3 levels",
            "12 pictures, all codes");
  }

  @Test
  void shows_a_model_without_codes() throws Exception {
    // Given
    Results results = Results.empty().with(ResultKeys.LATENTS_RATE, 0.25);

    // Then
    assertThat(html(exhibits.sections(new FakeEvidence(0), results)))
        .contains(
            "makes of its latents is", "Latents drawn from their own prior", "0.25 bits per dim");
  }

  @Test
  void describes_every_picture_and_needs_nothing_from_outside() throws Exception {
    // Given
    List<ReportSection> sections = exhibits.sections(new FakeEvidence(3), Results.empty());

    // Then
    assertThat(pictures(sections))
        .isNotEmpty()
        .allMatch(img -> !img.getAttribute("alt").isBlank())
        .allMatch(img -> img.getAttribute("src").startsWith("data:image/png;base64,"));
  }

  @Test
  void shrinks_large_pictures_that_are_compared() throws Exception {
    // Given pictures of 2 million points
    DataSpec large = DATA.withGrid(new Grid(1000, 2000));
    Example picture = new Example(large, new float[large.values()]);

    // When
    ReportSection section = exhibits.compared(List.of(new Pair("a.png", picture, picture)));

    // Then the sheet of two has a million
    Element shown = pictures(List.of(section)).get(0);
    int width = Integer.parseInt(shown.getAttribute("width"));
    int height = Integer.parseInt(shown.getAttribute("height"));
    assertThat(width * height).isBetween(990_000, 1_000_000);
    assertThat(shown.getAttribute("alt")).isEqualTo("a.png, the original above its reconstruction");
  }

  private static List<String> descriptions(List<ReportSection> sections) throws Exception {
    return pictures(sections).stream().map(img -> img.getAttribute("alt")).toList();
  }

  private static List<Element> pictures(List<ReportSection> sections) throws Exception {
    NodeList nodes =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(html(sections))))
            .getElementsByTagName("img");
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static String html(List<ReportSection> sections) {
    return new Report(new ReportHeader("glyphs", "", List.of(), Map.of()), sections, "").html();
  }

  /**
   * Black pictures.
   *
   * @param levels codes at each of 4 positions; 0: a model without codes
   */
  private record FakeEvidence(int levels) implements Evidence {
    @Override
    public DataSpec data() {
      return DATA;
    }

    @Override
    public List<Field> fields() {
      return List.of(new Field("class", DATA.classes()));
    }

    @Override
    public Workers workers() {
      return Workers.caller();
    }

    @Override
    public Optional<CodeShape> codeShape() {
      return levels > 0
          ? Optional.of(CodeShape.of(new Grid(2, 2), Collections.nCopies(levels, 8)))
          : Optional.empty();
    }

    @Override
    public Likelihood likelihood() {
      return new GaussianLikelihood(1);
    }

    @Override
    public Examples training() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Examples test() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Reconstructions reconstructions(int most) {
      int count = Math.min(most, COUNT);
      return new Reconstructions(
          IntStream.range(0, count).toArray(),
          black(count),
          black(count),
          codeShape().map(shape -> Codes.of(shape, new int[count * shape.codes()])),
          IntStream.generate(() -> 16).limit(count).toArray(),
          Condition.ofLabel(0, count),
          Collections.nCopies(count, "class circle"));
    }

    @Override
    public Map<String, INDArray> parts(Reconstructions of) {
      Map<String, INDArray> parts = new LinkedHashMap<>();
      for (int first = 1; first < levels; first++) {
        parts.put("%d of %d levels".formatted(first, levels), black(of.count()));
      }
      return parts;
    }

    @Override
    public int decoderClasses() {
      return 0;
    }

    @Override
    public INDArray converted(Reconstructions of, Condition as) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Drawn> samples() {
      return List.of(new Drawn(levels > 0 ? "unigram" : LATENTS, black(COUNT), Condition.NONE, 1));
    }

    @Override
    public Optional<Drawn> samplesByClass(int each) {
      return levels == 1
          ? Optional.of(new Drawn("pixelcnn", black(2 * each), Condition.NONE, 1))
          : Optional.empty();
    }

    private static INDArray black(int count) {
      return Nd4j.zeros(DATA.batchShape(count)).subi(0.5);
    }
  }
}
