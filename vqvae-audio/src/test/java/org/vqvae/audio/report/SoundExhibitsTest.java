package org.vqvae.audio.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.audio.Sounds;
import org.vqvae.audio.network.MuLawLikelihood;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.Likelihood;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.likelihood.GaussianLikelihood;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.Report;
import org.vqvae.core.report.ReportHeader;
import org.vqvae.core.report.ReportSection;
import org.vqvae.core.report.ResultKey;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;

class SoundExhibitsTest {
  private static final int SAMPLES = 2_048;
  private static final int COUNT = 4;

  /** The last sound ends early. */
  private static final int[] FILLED = {SAMPLES, SAMPLES, SAMPLES, 1_600};

  private final SoundExhibits exhibits = new SoundExhibits();
  private final Results known =
      Results.empty()
          .with(ResultKeys.TEST_NLL, 3 * Math.log(2))
          .with(ResultKeys.PRIOR_BITS.of("unigram"), 5.5);

  @Test
  void measures_bits_rate_distance_ratio_and_conversion() {
    // Given a decoder of mu-law levels that makes every sound half as loud, conditioned on 2
    // classes
    Results results =
        exhibits.measure(new FakeEvidence(new MuLawLikelihood(new NativeKernels()), 2), known);
    // Then
    assertThat(number(results, SoundKeys.BITS_PER_SAMPLE)).isCloseTo(3, within(1e-9));
    assertThat(number(results, SoundKeys.UNIGRAM_BITS)).isBetween(3.0, 8.0);
    assertThat(number(results, SoundKeys.BELOW_UNIGRAM))
        .isCloseTo(1 - 3 / number(results, SoundKeys.UNIGRAM_BITS), within(1e-9));
    // 32 codes of 4 bits in 2048 samples at 8 kHz
    assertThat(number(results, SoundKeys.CODE_RATE)).isCloseTo(500, within(1e-9));
    assertThat(number(results, SoundKeys.EXAMPLES)).isEqualTo(COUNT);
    // half the amplitude is 6.02 dB less, in what is left as well
    assertThat(number(results, SoundKeys.MEL_DISTANCE)).isBetween(3.0, 6.03);
    assertThat(number(results, SoundKeys.SNR)).isCloseTo(6.02, within(0.01));
    assertThat(number(results, SoundKeys.CONVERTED)).isEqualTo(COUNT);
    assertThat(number(results, SoundKeys.PITCH_MOVED)).isCloseTo(0, within(0.05));
    // a quieter voice is the same voice, and what stays the same voice is not the other
    assertThat(number(results, SoundKeys.RECOGNISED_ORIGINALS.of("speaker"))).isEqualTo(1);
    assertThat(number(results, SoundKeys.RECOGNISED_RECONSTRUCTIONS.of("speaker"))).isEqualTo(1);
    assertThat(number(results, SoundKeys.RECOGNISED_CONVERSIONS.of("speaker"))).isZero();
    assertThat(number(results, SoundKeys.RECOGNISED_CONVERSIONS.of("vowel"))).isEqualTo(1);
  }

  @Test
  void recognises_no_conversions_of_a_class_that_is_no_field() {
    Evidence evidence =
        new FakeEvidence(
            new MuLawLikelihood(new NativeKernels()),
            2,
            List.of(new Field("vowel", List.of("o", "i"))),
            1);
    assertThat(exhibits.measure(evidence, known).entries())
        .extracting(entry -> entry.key().name())
        .contains(
            "recognition.vowel.originals",
            "recognition.vowel.reconstructions",
            "recognition.vowel.chance")
        .doesNotContain("recognition.vowel.conversions");
  }

  @Test
  void says_nothing_of_what_a_decoder_cannot_have() {
    // Given a Gaussian, whose density is not comparable, and which ignores the class
    Results results = exhibits.measure(new FakeEvidence(new GaussianLikelihood(1), 0), known);

    assertThat(results.entries())
        .extracting(entry -> entry.key().name())
        .containsExactly(
            "sound.code-bits-per-second",
            "sound.examples",
            "sound.log-mel-distance",
            "sound.snr",
            "recognition.speaker.originals",
            "recognition.speaker.reconstructions",
            "recognition.speaker.chance",
            "recognition.vowel.originals",
            "recognition.vowel.reconstructions",
            "recognition.vowel.chance");
  }

  @Test
  void shows_pairs_conversions_and_samples_that_can_be_heard() {
    Evidence evidence = new FakeEvidence(new MuLawLikelihood(new NativeKernels()), 2);
    // When
    List<ReportSection> sections = exhibits.sections(evidence, known);
    // Then
    assertThat(sections)
        .extracting(ReportSection::title)
        .containsExactly("Reconstructions", "Conversions", "Samples");
    String page = html(sections);
    assertThat(page.split("<audio controls=\"controls\"", -1))
        .hasSize(1 + 2 * COUNT + 2 * COUNT + COUNT);
    assertThat(page).contains("src=\"data:audio/wav;base64,UklGR", "src=\"data:image/png;base64,");
    assertThat(page).contains("speaker low", "low → high", "100 Hz", "5.50 bits per code");
    assertThat(page.length()).isLessThan(500_000);
  }

  @Test
  void counts_the_bits_of_all_levels() {
    Evidence evidence = new FakeEvidence(new GaussianLikelihood(1), 0).withCodes(3);
    assertThat(number(exhibits.measure(evidence, known), SoundKeys.CODE_RATE))
        .isCloseTo(1500, within(1e-9));
  }

  @Test
  void shows_what_the_first_levels_alone_are_decoded_to() {
    Evidence evidence = new FakeEvidence(new GaussianLikelihood(1), 0).withCodes(3);
    // When
    List<ReportSection> sections = exhibits.sections(evidence, known);
    // Then
    assertThat(sections)
        .extracting(ReportSection::title)
        .containsExactly("Reconstructions", "Parts of the codes", "Samples");
    assertThat(html(sections.subList(1, 2)).split("<audio controls=\"controls\"", -1))
        .hasSize(1 + 4 * COUNT);
    assertThat(html(sections))
        .containsSubsequence(
            "96 codes each", "1 of 3 levels", "dB apart", "2 of 3 levels", "all codes");
  }

  @Test
  void shows_a_model_without_codes() {
    // Given
    Evidence evidence = new FakeEvidence(new GaussianLikelihood(1), 0).withCodes(0);
    Results results = Results.empty().with(ResultKeys.LATENTS_RATE, 0.25);

    // Then
    assertThat(html(exhibits.sections(evidence, results)))
        .contains(
            "makes of their latents:", "Latents drawn from their own prior", "0.25 bits per dim");
    assertThat(exhibits.measure(evidence, results).number(SoundKeys.CODE_RATE)).isEmpty();
  }

  private static String html(List<ReportSection> sections) {
    return new Report(new ReportHeader("voices", "", List.of(), Map.of()), sections, "").html();
  }

  private static double number(Results results, ResultKey key) {
    return results.number(key).orElseThrow();
  }

  /** Two speakers, one at 100 Hz, one at 200 Hz; all that is decoded is half as loud. */
  private record FakeEvidence(
      Likelihood likelihood, int decoderClasses, List<Field> fields, int codes)
      implements Evidence {

    FakeEvidence(Likelihood likelihood, int decoderClasses) {
      this(
          likelihood,
          decoderClasses,
          List.of(
              new Field("speaker", List.of("low", "high")), new Field("vowel", List.of("o", "i"))),
          1);
    }

    /** The same with that many codes of 4 bits at each position; 0: a model without codes. */
    FakeEvidence withCodes(int each) {
      return new FakeEvidence(likelihood, decoderClasses, fields, each);
    }

    @Override
    public DataSpec data() {
      return Sounds.spec(SAMPLES, 8_000, List.of("low", "high"));
    }

    @Override
    public Workers workers() {
      return Workers.caller();
    }

    @Override
    public Optional<CodeShape> codeShape() {
      return codes > 0
          ? Optional.of(CodeShape.of(new Grid(32), Collections.nCopies(codes, 16)))
          : Optional.empty();
    }

    @Override
    public Examples training() {
      return new Voices();
    }

    @Override
    public Examples test() {
      return new Voices();
    }

    @Override
    public Reconstructions reconstructions(int most) {
      INDArray originals = batch(1);
      int[] labels = IntStream.range(0, COUNT).map(i -> i % 2).toArray();
      List<String> names =
          IntStream.of(labels).mapToObj(i -> "speaker " + data().classes().get(i)).toList();
      return new Reconstructions(
          IntStream.range(0, COUNT).toArray(),
          originals,
          batch(0.5f),
          codeShape().map(shape -> Codes.of(shape, new int[COUNT * shape.codes()])),
          FILLED,
          Condition.ofLabels(labels),
          names);
    }

    @Override
    public Map<String, INDArray> parts(Reconstructions of) {
      Map<String, INDArray> parts = new LinkedHashMap<>();
      for (int levels = 1; levels < codes; levels++) {
        parts.put("%d of %d levels".formatted(levels, codes), batch(0.25f));
      }
      return parts;
    }

    @Override
    public INDArray converted(Reconstructions of, Condition as) {
      return batch(0.5f);
    }

    @Override
    public List<Drawn> samples() {
      return List.of(new Drawn(codes > 0 ? "unigram" : LATENTS, batch(0.5f), Condition.NONE, 1));
    }

    @Override
    public Optional<Drawn> samplesByClass(int each) {
      return Optional.empty();
    }

    private static INDArray batch(float loudness) {
      float[] values = new float[COUNT * SAMPLES];
      for (int i = 0; i < COUNT; i++) {
        new Voices().read(i, values, i * SAMPLES);
      }
      for (int i = 0; i < values.length; i++) {
        values[i] *= loudness;
      }
      return FloatArrays.of(values, COUNT, SAMPLES, 1);
    }
  }

  private static final class Voices implements Examples {
    @Override
    public int size() {
      return COUNT;
    }

    @Override
    public void read(int index, float[] into, int offset) {
      int period = index % 2 == 0 ? 80 : 40;
      for (int i = 0; i < SAMPLES; i++) {
        double t = i % period / 8_000.0;
        into[offset + i] =
            (float)
                (0.5 * Math.exp(-300 * t) * Math.sin(2 * Math.PI * (500 + 400 * (index % 2)) * t));
      }
    }

    @Override
    public int label(int index) {
      return index % 2;
    }
  }
}
