package org.vqvae.core.stage;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.vqvae.core.CodeShape;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Split;
import org.vqvae.core.store.CodeStore;
import org.vqvae.core.store.CodeStoreInfo;
import org.vqvae.core.store.CodeStoreWriter;
import org.vqvae.core.store.MetricsLog;
import org.vqvae.core.training.Metrics;
import org.vqvae.core.training.StopSignal;
import org.vqvae.core.training.StoppedException;
import org.vqvae.core.training.TrainingListener;

/** Between the stages: encodes the splits into the code store, those that are not there yet. */
public final class Extraction {
  public static final String STAGE = "extraction";

  private final TrainedRun run;
  private final StopSignal stop;
  private final TrainingListener listener;

  Extraction(TrainedRun run, StopSignal stop, TrainingListener listener) {
    this.run = run;
    this.stop = stop;
    this.listener = listener;
  }

  void run() {
    FrozenAutoencoder autoencoder = run.autoencoder();
    CodeShape shape = autoencoder.codeShape();
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
      done = extract(autoencoder, shape, split, done);
    }
    listener.finished(STAGE, done);
  }

  private int examples(List<Split> splits) {
    return splits.stream().mapToInt(split -> run.dataset().examples(split).size()).sum();
  }

  /** How many examples were extracted, by the log. */
  private long logged() {
    return MetricsLog.read(run.folder().metrics()).stream()
        .filter(line -> line.stage().equals(STAGE))
        .mapToLong(MetricsLog.Line::step)
        .max()
        .orElse(0);
  }

  private boolean isExtracted(Split split, FrozenAutoencoder autoencoder) {
    return Files.exists(run.folder().codes(split))
        && CodeStore.open(run.folder().codes(split))
            .info()
            .autoencoder()
            .equals(autoencoder.fingerprint());
  }

  /** Encodes a split; the result is how many examples are done then. */
  private long extract(FrozenAutoencoder autoencoder, CodeShape shape, Split split, long before) {
    long done = before;
    CodeStoreInfo info =
        new CodeStoreInfo(
            shape,
            run.dataset().examples(split).size(),
            split,
            run.dataset().spec().classes().size(),
            autoencoder.fingerprint(),
            run.dataset().fingerprint());
    try (CodeStoreWriter writer = CodeStoreWriter.create(run.folder().codes(split), info)) {
      for (Batch batch : run.batches(split).inOrder()) {
        if (stop.isRequested()) {
          throw new StoppedException("extraction of the %s split".formatted(split));
        }
        writer.append(autoencoder.network().encode(batch.data()), batch.condition());
        done += batch.size();
        listener.step(done, Map.of());
      }
      writer.finish();
    }
    listener.step(done, Map.of(Metrics.EXAMPLES, (double) (done - before)));
    return done;
  }
}
