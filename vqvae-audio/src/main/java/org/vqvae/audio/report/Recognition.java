package org.vqvae.audio.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.audio.spectrum.SpectralFeatures;
import org.vqvae.core.DataSpec;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.probe.LinearProbe;
import org.vqvae.core.probe.Observations;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.report.Evidence;
import org.vqvae.core.report.Evidence.Reconstructions;
import org.vqvae.core.report.Results;
import org.vqvae.core.report.SoundKeys;

/**
 * Whether decoded sounds can still be told apart, as a listener would: a linear classifier learns
 * each field, such as the vowel or the speaker, from the spectra of training examples, and is then
 * shown originals, reconstructions and conversions.
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
    this.features = new SpectralFeatures(data.sampleRate());
  }

  /**
   * The figures of every field that can have several values, but not more than {@value
   * #MOST_VALUES}.
   *
   * @param targets the class that each example is converted to; null without conversions
   */
  Results of(Reconstructions made, int @Nullable [] targets) {
    List<Field> fields = evidence.fields().stream().filter(Recognition::canBeTold).toList();
    if (fields.isEmpty()) {
      return Results.empty();
    }
    int[] learned = learned(evidence.training().size());
    double[][] training =
        IntStream.of(learned).parallel().mapToObj(this::ofTraining).toArray(double[][]::new);
    double[][] originals = of(made.originals(), made);
    double[][] reconstructions = of(made.reconstructions(), made);
    // a class that is several fields at once, such as digit and speaker, changes them all
    boolean kept = evidence.fields().stream().anyMatch(field -> isClass(field, made));
    double[] @Nullable [] conversions =
        targets != null && kept ? of(evidence.converted(made, targets), made) : null;
    Results results = Results.empty();
    for (Field field : fields) {
      Observations known = Observations.of(training, labels(evidence.training(), field, learned));
      LinearProbe probe = LinearProbe.fit(known, field.values().size(), PENALTY);
      int[] labels = labels(evidence.test(), field, made.indices());
      Observations shown = Observations.of(originals, labels);
      results =
          results
              .with(SoundKeys.ORIGINALS_TOLD.of(field.name()), probe.accuracy(shown))
              .with(
                  SoundKeys.RECONSTRUCTIONS_TOLD.of(field.name()),
                  probe.accuracy(Observations.of(reconstructions, labels)))
              .with(SoundKeys.TOLD_BY_CHANCE.of(field.name()), shown.share(known.mostFrequent()));
      if (targets != null && conversions != null) {
        int[] wanted = isClass(field, made) ? targets : labels;
        results =
            results.with(
                SoundKeys.CONVERSIONS_TOLD.of(field.name()),
                probe.accuracy(Observations.of(conversions, wanted)));
      }
    }
    return results;
  }

  private static boolean canBeTold(Field field) {
    return field.values().size() > 1 && field.values().size() <= MOST_VALUES;
  }

  private boolean isClass(Field field, Reconstructions made) {
    return field.values().equals(data.classes())
        && Arrays.equals(labels(evidence.test(), field, made.indices()), made.labels());
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
