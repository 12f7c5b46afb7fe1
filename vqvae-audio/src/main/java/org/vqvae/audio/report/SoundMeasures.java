package org.vqvae.audio.report;

import java.util.List;
import java.util.stream.IntStream;
import org.vqvae.audio.Sounds;
import org.vqvae.audio.spectrum.Conversion;
import org.vqvae.audio.spectrum.LogMel;
import org.vqvae.audio.spectrum.SignalToNoise;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Condition;
import org.vqvae.core.data.Examples;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.Evidence.Reconstructions;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;

/** What is measured of a run with sound: the figures of {@link SoundKeys}. */
final class SoundMeasures {
  private static final double LN2 = Math.log(2);

  private final Evidence evidence;
  private final int rate;

  SoundMeasures(Evidence evidence) {
    this.evidence = evidence;
    this.rate = Sounds.rate(evidence.data());
  }

  /**
   * All figures.
   *
   * @param known has the negative log-likelihood of the test set
   * @param made the examples to measure
   */
  Results of(Results known, Reconstructions made) {
    Results results =
        evidence
            .codeShape()
            .map(codes -> Results.empty().with(SoundKeys.CODE_RATE, bitsPerSecond(codes)))
            .orElse(Results.empty());
    if (!evidence.likelihood().isDensity()) {
      results = results.with(bits(known.number(ResultKeys.TEST_NLL).orElseThrow() / LN2));
    }
    Condition targets = targets(made);
    results = results.with(fidelity(made)).with(new Recognition(evidence).of(made, targets));
    return targets.hasLabels() ? results.with(conversion(made, targets)) : results;
  }

  private double bitsPerSecond(CodeShape codes) {
    return codes.uniformBits() * rate / evidence.data().values();
  }

  private Results bits(double bitsPerSample) {
    double unigram = counted(evidence.training()).bitsOf(counted(evidence.test()));
    return Results.empty()
        .with(SoundKeys.BITS_PER_SAMPLE, bitsPerSample)
        .with(SoundKeys.UNIGRAM_BITS, unigram)
        .with(SoundKeys.BELOW_UNIGRAM, 1 - bitsPerSample / unigram);
  }

  private UnigramModel counted(Examples examples) {
    UnigramModel model = new UnigramModel();
    float[] samples = new float[evidence.data().values()];
    for (int i = 0; i < examples.size(); i++) {
      examples.read(i, samples, 0);
      model.add(samples, examples.positions(i, evidence.data()));
    }
    return model;
  }

  private Results fidelity(Reconstructions made) {
    List<float[]> originals = Waves.of(made.originals(), made.positions());
    List<float[]> reconstructions = Waves.of(made.reconstructions(), made.positions());
    LogMel mel = new LogMel(rate);
    IntStream all = IntStream.range(0, originals.size());
    double distance =
        all.mapToDouble(i -> mel.distance(originals.get(i), reconstructions.get(i)))
            .average()
            .orElseThrow();
    double ratio =
        IntStream.range(0, originals.size())
            .mapToDouble(i -> SignalToNoise.decibels(originals.get(i), reconstructions.get(i)))
            .filter(decibels -> !Double.isNaN(decibels))
            .average()
            .orElse(Double.NaN);
    return Results.empty()
        .with(SoundKeys.EXAMPLES, originals.size())
        .with(SoundKeys.MEL_DISTANCE, distance)
        .with(SoundKeys.SNR, ratio);
  }

  private Results conversion(Reconstructions made, Condition targets) {
    Conversion conversion =
        Conversion.of(
            rate,
            Waves.of(made.originals(), made.positions()),
            Waves.of(evidence.converted(made, targets), made.positions()),
            made.condition().labels(),
            targets.labels());
    Results results = Results.empty().with(SoundKeys.CONVERTED, conversion.converted());
    if (conversion.converted() > 0) {
      results =
          results
              .with(SoundKeys.PITCH_TO_SOURCE, conversion.pitchToSource())
              .with(SoundKeys.PITCH_TO_TARGET, conversion.pitchToTarget())
              .with(SoundKeys.PITCH_MOVED, conversion.pitchMoved());
    }
    return results
        .with(SoundKeys.SPECTRUM_TO_SOURCE, conversion.spectrumToSource())
        .with(SoundKeys.SPECTRUM_TO_TARGET, conversion.spectrumToTarget());
  }

  /**
   * The class to decode each example as, another than its own, all others in turn; nothing where
   * there is nothing to convert.
   */
  Condition targets(Reconstructions made) {
    int classes = evidence.decoderClasses();
    if (classes < 2 || !made.condition().hasLabels()) {
      return Condition.NONE;
    }
    int[] targets = made.condition().labels();
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (targets[i] + 1 + i % (classes - 1)) % classes;
    }
    return Condition.ofLabels(targets);
  }
}
