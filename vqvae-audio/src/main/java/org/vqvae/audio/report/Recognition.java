package org.vqvae.audio.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
   * The figures of every field that can have several values.
   *
   * @param targets the class that each example is converted to; null without conversions
   */
  Results of(Reconstructions made, int @Nullable [] targets) {
    List<Field> fields =
        evidence.fields().stream().filter(field -> field.values().size() > 1).toList();
    if (fields.isEmpty()) {
      return Results.empty();
    }
    Examples training = evidence.training();
    int[] learned = chosen(training.size());
    double[][] spectra = features.of(sounds(training, learned));
    double[][] originals = features.of(Waves.of(made.originals(), made.positions()));
    double[][] again = features.of(Waves.of(made.reconstructions(), made.positions()));
    double[] @Nullable [] converted =
        targets == null || !conversionsKeepFields()
            ? null
            : features.of(Waves.of(evidence.converted(made, targets), made.positions()));
    Results results = Results.empty();
    for (Field field : fields) {
      LinearProbe probe =
          LinearProbe.fit(
              Observations.of(spectra, labels(training, field, learned)),
              field.values().size(),
              PENALTY);
      int[] labels = labels(evidence.test(), field, made.indices());
      results =
          results
              .with(SoundKeys.ORIGINALS_TOLD.of(field.name()), told(probe, originals, labels))
              .with(SoundKeys.RECONSTRUCTIONS_TOLD.of(field.name()), told(probe, again, labels));
      if (converted != null && targets != null) {
        int[] wanted = isClass(field) ? targets : labels;
        results =
            results.with(
                SoundKeys.CONVERSIONS_TOLD.of(field.name()), told(probe, converted, wanted));
      }
    }
    return results;
  }

  private static double told(LinearProbe probe, double[][] spectra, int[] labels) {
    return probe.accuracy(Observations.of(spectra, labels));
  }

  /** A class that is several fields at once, such as digit and speaker, changes them all. */
  private boolean conversionsKeepFields() {
    return evidence.fields().stream().anyMatch(this::isClass);
  }

  private boolean isClass(Field field) {
    return field.values().equals(data.classes());
  }

  /** Indices of training examples: the same in all runs with the same data. */
  private static int[] chosen(int size) {
    int[] order = RandomStream.of(0, "recognition").permutation(size);
    return IntStream.of(order).limit(MOST_TRAINING_EXAMPLES).toArray();
  }

  private List<float[]> sounds(Examples examples, int[] indices) {
    return IntStream.of(indices).mapToObj(index -> sound(examples, index)).toList();
  }

  private float[] sound(Examples examples, int index) {
    float[] samples = new float[data.values()];
    examples.read(index, samples, 0);
    return Arrays.copyOf(samples, examples.positions(index, data));
  }

  private static int[] labels(Examples examples, Field field, int[] indices) {
    return IntStream.of(indices).map(index -> examples.label(field, index)).toArray();
  }
}
