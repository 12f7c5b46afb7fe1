package org.vqvae.core.experiment;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Split;
import org.vqvae.core.graph.Autoencoder;
import org.vqvae.core.store.CodeStore;
import org.vqvae.core.store.CodeStoreInfo;
import org.vqvae.core.store.CodeStoreWriter;
import org.vqvae.core.store.MetricsLog;

/** Between the stages: encodes the splits into the code store, those that are not there yet. */
final class Extraction {
  static final String STAGE = "extraction";

  private final Experiment experiment;
  private final StopSignal stop;
  private final TrainingListener listener;

  Extraction(Experiment experiment, StopSignal stop, TrainingListener listener) {
    this.experiment = experiment;
    this.stop = stop;
    this.listener = listener;
  }

  void run() {
    FrozenAutoencoder autoencoder = experiment.autoencoder();
    List<Split> missing =
        Stream.of(Split.values()).filter(split -> !isExtracted(split, autoencoder)).toList();
    if (missing.isEmpty()) {
      return;
    }
    int all = examples(List.of(Split.values()));
    // what was extracted and lost again counts too, so that no line of the log is cut off
    long done = Math.max(all - examples(missing), all == examples(missing) ? 0 : logged());
    listener.started(STAGE, done, done + examples(missing));
    for (Split split : missing) {
      done = extract(autoencoder, split, done);
    }
    listener.finished(STAGE, done);
  }

  private int examples(List<Split> splits) {
    return splits.stream().mapToInt(split -> experiment.dataset().examples(split).size()).sum();
  }

  /** How many examples were extracted, by the log. */
  private long logged() {
    return MetricsLog.read(experiment.folder().metrics()).stream()
        .filter(line -> line.stage().equals(STAGE))
        .mapToLong(MetricsLog.Line::step)
        .max()
        .orElse(0);
  }

  private boolean isExtracted(Split split, FrozenAutoencoder autoencoder) {
    return Files.exists(experiment.folder().codes(split))
        && CodeStore.open(experiment.folder().codes(split))
            .info()
            .autoencoder()
            .equals(autoencoder.fingerprint());
  }

  /** Encodes a split; the result is how many examples are done then. */
  private long extract(FrozenAutoencoder frozenAutoencoder, Split split, long before) {
    long done = before;
    Autoencoder autoencoder = frozenAutoencoder.network();
    int positions = autoencoder.codeSpace().positions();
    CodeStoreInfo info =
        new CodeStoreInfo(
            autoencoder.codeSpace(),
            experiment.dataset().examples(split).size(),
            split,
            experiment.dataset().spec().classes().size(),
            frozenAutoencoder.fingerprint(),
            experiment.dataset().fingerprint());
    try (CodeStoreWriter writer = CodeStoreWriter.create(experiment.folder().codes(split), info)) {
      for (Batch batch : experiment.batches(split).inOrder()) {
        if (stop.isRequested()) {
          throw new StoppedException("extraction of the %s split".formatted(split));
        }
        int[] codes = autoencoder.encode(batch.data());
        int[] labels = batch.labels();
        for (int i = 0; i < batch.size(); i++) {
          writer.append(codes, i * positions, labels == null ? -1 : labels[i]);
        }
        done += batch.size();
        listener.step(done, Map.of());
      }
      writer.finish();
    }
    listener.step(done, Map.of(Metrics.EXAMPLES, (double) (done - before)));
    return done;
  }
}
