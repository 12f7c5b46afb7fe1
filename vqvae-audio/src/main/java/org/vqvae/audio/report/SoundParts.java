package org.vqvae.audio.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.audio.report.SoundsSection.Group;
import org.vqvae.audio.wav.Sound;
import org.vqvae.core.report.Evidence.Reconstructions;
import org.vqvae.core.report.ReportSection;

/**
 * What parts of the codes alone are decoded to: a group for each sound, with the original, each
 * part, and all codes.
 */
final class SoundParts {
  private final int rate;
  private final Reconstructions made;
  private final List<float[]> originals;
  private final Map<String, List<float[]>> decoded = new LinkedHashMap<>();

  SoundParts(int rate, Reconstructions made, Map<String, INDArray> parts) {
    this.rate = rate;
    this.made = made;
    this.originals = Waves.of(made.originals(), made.positions());
    parts.forEach((part, sounds) -> decoded.put(part, Waves.of(sounds, made.positions())));
    decoded.put("all codes", Waves.of(made.reconstructions(), made.positions()));
  }

  /** The number of sounds in a group. */
  int soundsInAGroup() {
    return 1 + decoded.size();
  }

  ReportSection section(int groups) {
    return new SoundsSection(
        "Parts of the codes",
        "The same sounds of the test set, decoded from parts of their codes alone, and the log-mel"
            + " distance of each from its original.",
        SoundsSection.BELOW,
        IntStream.range(0, groups).mapToObj(this::group).toList());
  }

  private Group group(int index) {
    String name = made.names().get(index);
    Sound original = new Sound(rate, originals.get(index));
    double loudest = SoundFigure.loudest(original);
    List<SoundFigure> figures = new ArrayList<>();
    figures.add(new SoundFigure("original", "", name, original, loudest));
    decoded.forEach(
        (part, sounds) -> {
          Sound sound = new Sound(rate, sounds.get(index));
          String apart = SoundFigure.apart(original, sound);
          figures.add(new SoundFigure(part, apart, name + ", " + part, sound, loudest));
        });
    return new Group(name, "", figures);
  }
}
