package org.vqvae.audio.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.audio.network.MuLawLikelihood;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.Likelihood;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.likelihood.GaussianLikelihood;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.Report;
import org.vqvae.core.report.ReportHeader;
import org.vqvae.core.report.ReportSection;
import org.vqvae.core.report.ResultKey;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.core.report.SoundKeys;

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
    // GIVEN a decoder of mu-law levels that makes every sound half as loud, and is told 2 classes
    Results results =
        exhibits.measure(new FakeEvidence(new MuLawLikelihood(new NativeKernels()), 2), known);
    // THEN
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
    assertThat(number(results, SoundKeys.ORIGINALS_TOLD.of("speaker"))).isEqualTo(1);
    assertThat(number(results, SoundKeys.RECONSTRUCTIONS_TOLD.of("speaker"))).isEqualTo(1);
    assertThat(number(results, SoundKeys.CONVERSIONS_TOLD.of("speaker"))).isZero();
    assertThat(number(results, SoundKeys.CONVERSIONS_TOLD.of("vowel"))).isEqualTo(1);
  }

  @Test
  void does_not_tell_conversions_of_a_class_that_is_no_field() {
    Evidence evidence =
        new FakeEvidence(
            new MuLawLikelihood(new NativeKernels()),
            2,
            List.of(new Field("vowel", List.of("o", "i"))));
    assertThat(exhibits.measure(evidence, known).entries())
        .extracting(entry -> entry.key().name())
        .contains("told.vowel.originals", "told.vowel.reconstructions", "told.vowel.chance")
        .doesNotContain("told.vowel.conversions");
  }

  @Test
  void says_nothing_of_what_a_decoder_cannot_have() {
    // GIVEN a Gaussian, whose density is not comparable, and which is not told the class
    Results results = exhibits.measure(new FakeEvidence(new GaussianLikelihood(1), 0), known);

    assertThat(results.entries())
        .extracting(entry -> entry.key().name())
        .containsExactly(
            "sound.code-bits-per-second",
            "sound.examples",
            "sound.log-mel-distance",
            "sound.snr",
            "told.speaker.originals",
            "told.vowel.originals",
            "told.speaker.reconstructions",
            "told.vowel.reconstructions",
            "told.speaker.chance",
            "told.vowel.chance");
  }

  @Test
  void shows_pairs_conversions_and_samples_that_can_be_heard() {
    Evidence evidence = new FakeEvidence(new MuLawLikelihood(new NativeKernels()), 2);
    // WHEN
    List<ReportSection> sections = exhibits.sections(evidence, known);
    // THEN
    assertThat(sections)
        .extracting(ReportSection::title)
        .containsExactly("Reconstructions", "Conversions", "Samples");
    ReportHeader header = new ReportHeader("voices", "", List.of(), Map.of());
    String page = new Report(header, sections, "").html();
    assertThat(page.split("<audio controls=\"controls\"", -1))
        .hasSize(1 + 2 * COUNT + 2 * COUNT + COUNT);
    assertThat(page).contains("src=\"data:audio/wav;base64,UklGR", "src=\"data:image/png;base64,");
    assertThat(page).contains("speaker low", "low → high", "100 Hz", "5.50 bits per code");
    assertThat(page.length()).isLessThan(500_000);
  }

  private static double number(Results results, ResultKey key) {
    return results.number(key).orElseThrow();
  }

  /** Two speakers, one at 100 Hz, one at 200 Hz; all that is decoded is half as loud. */
  private record FakeEvidence(Likelihood likelihood, int decoderClasses, List<Field> fields)
      implements Evidence {

    FakeEvidence(Likelihood likelihood, int decoderClasses) {
      this(
          likelihood,
          decoderClasses,
          List.of(
              new Field("speaker", List.of("low", "high")), new Field("vowel", List.of("o", "i"))));
    }

    @Override
    public DataSpec data() {
      return DataSpec.ofSound(SAMPLES, 8_000, List.of("low", "high"));
    }

    @Override
    public CodeSpace codeSpace() {
      return new CodeSpace(16, new Grid(32));
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
          new int[COUNT * 32],
          FILLED,
          labels,
          names);
    }

    @Override
    public INDArray converted(Reconstructions of, int[] labels) {
      return batch(0.5f);
    }

    @Override
    public List<Drawn> samples() {
      return List.of(new Drawn("unigram", batch(0.5f), null, 1));
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
