package org.vqvae.audio.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.audio.Sounds;
import org.vqvae.audio.spectrum.SpectralFeatures;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.probe.LinearProbe;
import org.vqvae.core.probe.Observations;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.Evidence.Reconstructions;
import org.vqvae.core.report.Results;

/**
 * Whether decoded sounds are still recognised, as a stand-in for a listener: a linear classifier
 * learns each field, such as the vowel or the speaker, from the spectra of training examples, and
 * then classifies originals, reconstructions and conversions.
 */
final class Recognition {
  private static final int MOST_TRAINING_EXAMPLES = 3_000;
  private static final int MOST_VALUES = 100;
  private static final double PENALTY = 1e-2;

  private final Evidence evidence;
  private final DataSpec data;
  private final SpectralFeatures features;

  Recognition(Evidence evidence) {
    this.evidence = evidence;
    this.data = evidence.data();
    this.features = new SpectralFeatures(Sounds.rate(data));
  }

  /**
   * The figures of every field that can have several values, but not more than {@value
   * #MOST_VALUES}.
   *
   * @param targets the class that each example is converted to; nothing without conversions
   */
  Results of(Reconstructions made, Condition targets) {
    List<Field> fields = evidence.fields().stream().filter(Recognition::canBeRecognised).toList();
    if (fields.isEmpty()) {
      return Results.empty();
    }
    int[] learned = learned(evidence.training().size());
    double[][] training = new double[learned.length][];
    evidence
        .workers()
        .run(learned.length, (i, worker, progress) -> training[i] = ofTraining(learned[i]));
    double[][] originals = of(made.originals(), made);
    double[][] reconstructions = of(made.reconstructions(), made);
    // a class that is several fields at once, such as digit and speaker, changes them all
    boolean kept = evidence.fields().stream().anyMatch(field -> isClass(field, made));
    double[] @Nullable [] conversions =
        targets.hasLabels() && kept ? of(evidence.converted(made, targets), made) : null;
    Results results = Results.empty();
    for (Field field : fields) {
      Observations known = Observations.of(training, labels(evidence.training(), field, learned));
      LinearProbe probe = LinearProbe.fit(known, field.values().size(), PENALTY);
      int[] labels = labels(evidence.test(), field, made.indices());
      Observations shown = Observations.of(originals, labels);
      results =
          results
              .with(SoundKeys.RECOGNISED_ORIGINALS.of(field.name()), probe.accuracy(shown))
              .with(
                  SoundKeys.RECOGNISED_RECONSTRUCTIONS.of(field.name()),
                  probe.accuracy(Observations.of(reconstructions, labels)))
              .with(
                  SoundKeys.RECOGNISED_BY_CHANCE.of(field.name()),
                  shown.share(known.mostFrequent()));
      if (conversions != null) {
        int[] wanted = isClass(field, made) ? targets.labels() : labels;
        results =
            results.with(
                SoundKeys.RECOGNISED_CONVERSIONS.of(field.name()),
                probe.accuracy(Observations.of(conversions, wanted)));
      }
    }
    return results;
  }

  private static boolean canBeRecognised(Field field) {
    return field.values().size() > 1 && field.values().size() <= MOST_VALUES;
  }

  private boolean isClass(Field field, Reconstructions made) {
    return field.values().equals(data.classes())
        && Arrays.equals(labels(evidence.test(), field, made.indices()), made.condition().labels());
  }

  /** Indices of training examples: the same in all runs with the same data. */
  private static int[] learned(int size) {
    int[] order = RandomStream.of(0, "recognition").permutation(size);
    return IntStream.of(order).limit(MOST_TRAINING_EXAMPLES).toArray();
  }

  private double[] ofTraining(int index) {
    float[] samples = new float[data.values()];
    evidence.training().read(index, samples, 0);
    return features.of(Arrays.copyOf(samples, evidence.training().positions(index, data)));
  }

  private double[][] of(INDArray sounds, Reconstructions made) {
    return Waves.of(sounds, made.positions()).stream().map(features::of).toArray(double[][]::new);
  }

  private static int[] labels(Examples examples, Field field, int[] indices) {
    return IntStream.of(indices).map(index -> examples.label(field, index)).toArray();
  }
}
