package org.vqvae.core.stage;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Likelihood;
import org.vqvae.core.data.Batch;
import org.vqvae.core.nn.FloatArrays;

/** The errors of predictions, over all values that are data. */
final class Errors {
  private double squaredError;
  private double nats;
  private long values;

  /** Those of one batch, or of a part of one. */
  static Errors of(Likelihood likelihood, INDArray prediction, Batch batch) {
    Errors errors = new Errors();
    errors.add(likelihood, prediction, batch);
    return errors;
  }

  double meanSquaredError() {
    return squaredError / values;
  }

  double nats() {
    return nats / values;
  }

  void add(Errors more) {
    squaredError += more.squaredError;
    nats += more.nats;
    values += more.values;
  }

  /** Example by example where some are filled up, otherwise all at once. */
  private void add(Likelihood likelihood, INDArray prediction, Batch batch) {
    int all = (int) (prediction.length() / prediction.size(-1) / batch.size());
    if (Arrays.stream(batch.positions()).allMatch(positions -> positions == all)) {
      add(likelihood, prediction, batch.data());
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      long from = (long) i * all;
      int count = batch.positions()[i];
      add(likelihood, positions(prediction, from, count), positions(batch.data(), from, count));
    }
  }

  private void add(Likelihood likelihood, INDArray prediction, INDArray x) {
    nats += x.length() * likelihood.nats(prediction, x);
    INDArray error = likelihood.mean(prediction).subi(x);
    squaredError += FloatArrays.squaredSum(error);
    values += x.length();
  }

  /** Some positions of a batch as {@code [1, count, channels]}. */
  private static INDArray positions(INDArray batch, long from, int count) {
    long channels = batch.size(-1);
    return Nd4j.create(
        batch.data(),
        new long[] {1, count, channels},
        new long[] {count * channels, channels, 1},
        batch.offset() + from * channels,
        'c');
  }
}
