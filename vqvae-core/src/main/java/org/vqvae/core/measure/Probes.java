package org.vqvae.core.measure;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.vqvae.core.Codes;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.data.Split;
import org.vqvae.core.probe.LinearProbe;
import org.vqvae.core.probe.Observations;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.report.ResultKeys;
import org.vqvae.core.report.Results;
import org.vqvae.core.stage.TrainedRun;
import org.vqvae.core.store.CodeStore;

/** Measures what the codes of a run tell about each field of its data, see {@link LinearProbe}. */
final class Probes {
  private static final int MOST_TRAINING_EXAMPLES = 10_000;
  private static final double[] PENALTIES = {1e-4, 1e-3, 1e-2, 1e-1};

  private final Dataset dataset;
  private final Map<Split, Part> parts = new EnumMap<>(Split.class);

  /** The codes of some examples of a split, and where they are in it. */
  private record Part(Codes codes, int[] indices) {}

  Probes(TrainedRun run) {
    this.dataset = run.dataset();
    for (Split split : Split.values()) {
      int most = split == Split.TRAIN ? MOST_TRAINING_EXAMPLES : Integer.MAX_VALUE;
      parts.put(split, part(run.codes(split), most, run.settings().seed()));
    }
  }

  private static Part part(CodeStore store, int most, long seed) {
    int[] indices =
        store.size() <= most
            ? IntStream.range(0, store.size()).toArray()
            : IntStream.of(RandomStream.of(seed, "probe").permutation(store.size()))
                .limit(most)
                .toArray();
    return new Part(store.codes(indices), indices);
  }

  /** Accuracy and chance for every field that can have several values. */
  Results results() {
    Results results = Results.empty();
    for (Field field : dataset.fields()) {
      if (field.values().size() > 1) {
        results = results.with(of(field));
      }
    }
    return results;
  }

  private Results of(Field field) {
    Observations training = labelled(Split.TRAIN, field);
    Observations validation = labelled(Split.VALIDATION, field);
    Observations test = labelled(Split.TEST, field);
    double best = -1;
    double accuracy = Double.NaN;
    for (double penalty : PENALTIES) {
      LinearProbe probe = LinearProbe.fit(training, field.values().size(), penalty);
      double validated = probe.accuracy(validation);
      if (validated > best) {
        best = validated;
        accuracy = probe.accuracy(test);
      }
    }
    return Results.empty()
        .with(ResultKeys.PROBE_ACCURACY.of(field.name()), accuracy)
        .with(ResultKeys.PROBE_CHANCE.of(field.name()), test.share(training.mostFrequent()));
  }

  private Observations labelled(Split split, Field field) {
    Part part = requireNonNull(parts.get(split));
    Examples examples = dataset.examples(split);
    int[] labels = IntStream.of(part.indices).map(index -> examples.label(field, index)).toArray();
    return Observations.histograms(part.codes, labels);
  }
}
