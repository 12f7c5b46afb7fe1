package org.vqvae.audio.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.audio.Sounds;
import org.vqvae.audio.report.SoundsSection.Group;
import org.vqvae.audio.spectrum.Pitch;
import org.vqvae.audio.wav.Sound;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Medium;
import org.vqvae.core.data.Example;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.Evidence.Drawn;
import org.vqvae.core.report.Evidence.Reconstructions;
import org.vqvae.core.report.Exhibits;
import org.vqvae.core.report.Figures;
import org.vqvae.core.report.ReportHeader.Tile;
import org.vqvae.core.report.ReportSection;
import org.vqvae.core.report.Results;

/**
 * Sounds side by side: originals with their reconstructions, conversions to other classes, and
 * samples of every prior; and what {@link SoundMeasures} measures.
 */
public final class SoundExhibits implements Exhibits {
  private static final int MEASURED = 60;
  private static final int PAIRS = 6;
  private static final int CONVERSIONS = 4;
  private static final int IN_PARTS = 4;
  private static final int SAMPLES = 6;

  /** Samples of sound in a section of a report, which take 2.7 bytes each. */
  private static final int MOST_SAMPLES = 400_000;

  @Override
  public Medium medium() {
    return Sounds.MEDIUM;
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
    Map<String, INDArray> parts = evidence.parts(made);
    if (!parts.isEmpty()) {
      sections.add(parts(evidence.data(), made, parts));
    }
    Condition targets = new SoundMeasures(evidence).targets(made);
    if (targets.hasLabels()) {
      sections.add(conversions(evidence, made, targets));
    }
    if (!evidence.samples().isEmpty()) {
      sections.add(samples(evidence, results));
    }
    return sections;
  }

  @Override
  public Optional<String> verdict(Results results) {
    return new SoundSummary(results).verdict();
  }

  @Override
  public List<Tile> tiles(Results results) {
    return new SoundSummary(results).tiles();
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
              new Sound(Sounds.rate(data), originals.get(i)),
              new Sound(Sounds.rate(data), reconstructions.get(i))));
    }
    return new SoundsSection(
        "Reconstructions",
        "Sounds of the test set, never trained on, and what the decoder makes of their %s: waveform, log-mel spectrogram (%s s, 0 to %s Hz; 60 dB from dark to light), and the log-mel distance of the two."
            .formatted(
                made.codes().map(codes -> codes.shape().codes() + " codes each").orElse("latents"),
                Figures.decimals((double) data.values() / Sounds.rate(data), 2),
                Figures.whole(Sounds.rate(data) / 2)),
        SoundsSection.BESIDE,
        pairs);
  }

  private static ReportSection parts(
      DataSpec data, Reconstructions made, Map<String, INDArray> parts) {
    SoundParts sounds = new SoundParts(Sounds.rate(data), made, parts);
    return sounds.section(Math.min(made.count(), shown(IN_PARTS, sounds.soundsInAGroup(), data)));
  }

  /** An original and its reconstruction, on one scale. */
  private static Group compared(String name, Sound original, Sound reconstruction) {
    double loudest = SoundFigure.loudest(original);
    return new Group(
        name,
        SoundFigure.apart(original, reconstruction),
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
    return new Sound(Sounds.rate(sound.spec()), Arrays.copyOf(sound.values(), length));
  }

  private static ReportSection conversions(
      Evidence evidence, Reconstructions made, Condition targets) {
    DataSpec data = evidence.data();
    List<float[]> originals = Waves.of(made.originals(), made.positions());
    List<float[]> conversions = Waves.of(evidence.converted(made, targets), made.positions());
    List<Group> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(made.count(), shown(CONVERSIONS, 2, data)); i++) {
      String from = data.classes().get(made.condition().label(i));
      String to = data.classes().get(targets.label(i));
      Sound original = new Sound(Sounds.rate(data), originals.get(i));
      Sound converted = new Sound(Sounds.rate(data), conversions.get(i));
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
        "The same codes, decoded as another class: what the codes hold stays, the class"
            + " changes as far as the codes do not hold it. The median pitch is beside each.",
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
      priors.add(
          new Group(
              drawn.prior(),
              drawn.cost(results),
              IntStream.range(0, count)
                  // spread over all that were drawn, which are in the order of their classes
                  .map(i -> i * sounds.size() / count)
                  .mapToObj(
                      i -> sample(drawn, i, new Sound(Sounds.rate(data), sounds.get(i)), data))
                  .toList()));
    }
    return new SoundsSection(
        "Samples",
        evidence.codeShape().isPresent()
            ? "Codes drawn from each prior, decoded. The fewer bits a code costs, the more the"
                + " prior knows."
            : "Latents drawn from their own prior, decoded.",
        SoundsSection.BELOW,
        priors);
  }

  private static SoundFigure sample(Drawn drawn, int index, Sound sound, DataSpec data) {
    Condition condition = drawn.condition();
    String title = condition.hasLabels() ? data.classes().get(condition.label(index)) : "";
    return SoundFigure.of(title, "", "a sample of " + drawn.prior() + " " + title, sound);
  }
}
