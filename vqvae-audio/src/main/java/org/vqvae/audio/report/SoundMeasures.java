package org.vqvae.audio.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.vqvae.audio.spectrum.Conversion;
import org.vqvae.audio.spectrum.LogMel;
import org.vqvae.audio.spectrum.SignalToNoise;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.data.Examples;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.Evidence.Reconstructions;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.core.report.SoundKeys;

/** What is measured of a run with sound: the figures of {@link SoundKeys}. */
final class SoundMeasures {
  private static final double LN2 = Math.log(2);

  private final Evidence evidence;
  private final int rate;

  SoundMeasures(Evidence evidence) {
    this.evidence = evidence;
    this.rate = evidence.data().sampleRate();
  }

  /**
   * All figures.
   *
   * @param known says test.nll
   * @param made the examples to measure
   */
  Results of(Results known, Reconstructions made) {
    Results results = Results.empty().with(SoundKeys.CODE_RATE, codeBitsPerSecond());
    if (!evidence.likelihood().isDensity()) {
      results = results.with(bits(known.number(ResultKeys.TEST_NLL).orElseThrow() / LN2));
    }
    int @Nullable [] targets = targets(made);
    results = results.with(fidelity(made)).with(new Recognition(evidence).of(made, targets));
    return targets == null ? results : results.with(conversion(made, targets));
  }

  private double codeBitsPerSecond() {
    CodeSpace codes = evidence.codeSpace();
    double bits = codes.positions() * Math.log(codes.codebookSize()) / LN2;
    return bits * rate / evidence.data().values();
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

  private Results conversion(Reconstructions made, int[] targets) {
    Conversion conversion =
        Conversion.of(
            rate,
            Waves.of(made.originals(), made.positions()),
            Waves.of(evidence.converted(made, targets), made.positions()),
            requireNonNull(made.labels()),
            targets);
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
   * The class to decode each example as, another than its own, all others in turn; null where there
   * is nothing to convert.
   */
  int @Nullable [] targets(Reconstructions made) {
    int classes = evidence.decoderClasses();
    int[] labels = made.labels();
    if (classes < 2 || labels == null) {
      return null;
    }
    int[] targets = new int[labels.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (labels[i] + 1 + i % (classes - 1)) % classes;
    }
    return targets;
  }
}
