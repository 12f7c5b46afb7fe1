package org.vqvae.audio.report;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.vqvae.audio.report.SoundsSection.Group;
import org.vqvae.audio.spectrum.LogMel;
import org.vqvae.audio.spectrum.Pitch;
import org.vqvae.audio.wav.Sound;
import org.vqvae.core.DataSpec;
import org.vqvae.core.DataSpec.Medium;
import org.vqvae.core.data.Example;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.Evidence.Drawn;
import org.vqvae.core.report.Evidence.Reconstructions;
import org.vqvae.core.report.Exhibits;
import org.vqvae.core.report.Figures;
import org.vqvae.core.report.ReportSection;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;

/**
 * Sounds side by side: originals with their reconstructions, conversions to other classes, and
 * samples of every prior; and what {@link SoundMeasures} says of them.
 */
public final class SoundExhibits implements Exhibits {
  private static final int MEASURED = 60;
  private static final int PAIRS = 6;
  private static final int CONVERSIONS = 4;
  private static final int SAMPLES = 6;

  /** Samples of sound in a section of a report, which take 2.7 bytes each. */
  private static final int MOST_SAMPLES = 400_000;

  @Override
  public Medium medium() {
    return Medium.AUDIO;
  }

  @Override
  public Results measure(Evidence evidence, Results known) {
    return new SoundMeasures(evidence).of(known, evidence.reconstructions(MEASURED));
  }

  @Override
  public List<ReportSection> sections(Evidence evidence, Results results) {
    List<ReportSection> sections = new ArrayList<>();
    Reconstructions made = evidence.reconstructions(MEASURED);
    sections.add(reconstructions(evidence, made));
    int @Nullable [] targets = new SoundMeasures(evidence).targets(made);
    if (targets != null) {
      sections.add(conversions(evidence, made, targets));
    }
    sections.add(samples(evidence, results));
    return sections;
  }

  /** How many groups of sounds to show, so that a report of long sounds can still be mailed. */
  private static int shown(int wanted, int soundsInAGroup, DataSpec data) {
    return Math.max(1, Math.min(wanted, MOST_SAMPLES / (soundsInAGroup * data.values())));
  }

  private static ReportSection reconstructions(Evidence evidence, Reconstructions made) {
    DataSpec data = evidence.data();
    List<float[]> originals = Waves.of(made.originals(), made.positions());
    List<float[]> reconstructions = Waves.of(made.reconstructions(), made.positions());
    List<Group> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(made.count(), shown(PAIRS, 2, data)); i++) {
      pairs.add(
          compared(
              made.names().get(i),
              new Sound(data.sampleRate(), originals.get(i)),
              new Sound(data.sampleRate(), reconstructions.get(i))));
    }
    return new SoundsSection(
        "Reconstructions",
        "Sounds of the test set, never trained on, and what the decoder makes of their %d codes each: waveform, log-mel spectrogram (%s s, 0 to %s Hz; 60 dB from dark to light), and the log-mel distance of the two."
            .formatted(
                evidence.codeSpace().positions(),
                Figures.decimals((double) data.values() / data.sampleRate(), 2),
                Figures.whole(data.sampleRate() / 2)),
        SoundsSection.BESIDE,
        pairs);
  }

  /** An original and its reconstruction, on one scale. */
  private static Group compared(String name, Sound original, Sound reconstruction) {
    double loudest = SoundFigure.loudest(original);
    double apart =
        new LogMel(original.sampleRate()).distance(original.samples(), reconstruction.samples());
    return new Group(
        name,
        Figures.decimals(apart, 1) + " dB apart",
        List.of(
            new SoundFigure("original", "", name, original, loudest),
            new SoundFigure(
                "reconstruction", "", name + ", reconstructed", reconstruction, loudest)));
  }

  /** Of long sounds, the beginnings: as much as a page that can still be mailed has room for. */
  @Override
  public ReportSection compared(List<Pair> pairs) {
    int most = Math.max(1, MOST_SAMPLES / (2 * pairs.size()));
    return new SoundsSection(
        "Reconstructions",
        "Each sound and what the decoder makes of its codes: waveform, log-mel spectrogram (60 dB"
            + " from dark to light), and the log-mel distance of the two. Of long sounds the"
            + " beginnings are shown and compared; the files beside this page have all of them.",
        SoundsSection.BESIDE,
        pairs.stream()
            .map(
                pair ->
                    compared(
                        pair.name(),
                        beginning(pair.original(), most),
                        beginning(pair.reconstruction(), most)))
            .toList());
  }

  private static Sound beginning(Example sound, int most) {
    int length = Math.min(most, sound.values().length);
    return new Sound(sound.spec().sampleRate(), Arrays.copyOf(sound.values(), length));
  }

  private static ReportSection conversions(Evidence evidence, Reconstructions made, int[] targets) {
    DataSpec data = evidence.data();
    List<float[]> originals = Waves.of(made.originals(), made.positions());
    List<float[]> conversions = Waves.of(evidence.converted(made, targets), made.positions());
    int[] labels = requireNonNull(made.labels());
    List<Group> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(made.count(), shown(CONVERSIONS, 2, data)); i++) {
      String from = data.classes().get(labels[i]);
      String to = data.classes().get(targets[i]);
      Sound original = new Sound(data.sampleRate(), originals.get(i));
      Sound converted = new Sound(data.sampleRate(), conversions.get(i));
      pairs.add(
          new Group(
              from + " → " + to,
              made.names().get(i),
              List.of(
                  SoundFigure.of(from, pitch(original), made.names().get(i), original),
                  SoundFigure.of(
                      to,
                      pitch(converted),
                      made.names().get(i) + ", converted to " + to,
                      converted))));
    }
    return new SoundsSection(
        "Conversions",
        "The same codes, decoded as another class: what the codes say stays, who says it changes,"
            + " as far as the codes do not tell it. The median pitch is beside each.",
        SoundsSection.BESIDE,
        pairs);
  }

  private static String pitch(Sound sound) {
    OptionalDouble median = new Pitch(sound.sampleRate()).median(sound.samples());
    return median.isPresent()
        ? Figures.whole(Math.round(median.getAsDouble())) + " Hz"
        : "no pitch found";
  }

  private static ReportSection samples(Evidence evidence, Results results) {
    DataSpec data = evidence.data();
    List<Group> priors = new ArrayList<>();
    int most = shown(SAMPLES, evidence.samples().size(), data);
    for (Drawn drawn : evidence.samples()) {
      List<float[]> sounds = Waves.of(drawn.examples());
      int count = Math.min(most, sounds.size());
      double bits = results.number(ResultKeys.PRIOR_BITS.of(drawn.prior())).orElseThrow();
      priors.add(
          new Group(
              drawn.prior(),
              Figures.decimals(bits, 2) + " bits per code",
              IntStream.range(0, count)
                  // spread over all that were drawn, which are in the order of their classes
                  .map(i -> i * sounds.size() / count)
                  .mapToObj(
                      i -> sample(drawn, i, new Sound(data.sampleRate(), sounds.get(i)), data))
                  .toList()));
    }
    return new SoundsSection(
        "Samples",
        "Codes drawn from each prior, decoded. The fewer bits a code costs, the more the prior"
            + " knows.",
        SoundsSection.BELOW,
        priors);
  }

  private static SoundFigure sample(Drawn drawn, int index, Sound sound, DataSpec data) {
    int[] labels = drawn.labels();
    String title = labels == null ? "" : data.classes().get(labels[index]);
    return SoundFigure.of(title, "", "a sample of " + drawn.prior() + " " + title, sound);
  }
}
