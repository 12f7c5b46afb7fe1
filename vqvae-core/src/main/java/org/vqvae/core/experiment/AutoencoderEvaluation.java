package org.vqvae.core.experiment;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.vqvae.core.CodeUsage;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Quantized;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.graph.Autoencoder;
import org.vqvae.core.nn.Buffers;

/**
 * How well an autoencoder does on a whole split. Every figure is a mean over all of it, however it
 * was batched, but for {@code batchPerplexity}.
 *
 * @param meanSquaredError (x - mean of p(x | z))^2 over all values that are data
 * @param nats -ln p(x | z) per value that is data, under the likelihood that was asked about
 * @param codebookLoss see {@link Quantized#codebookLoss()}
 * @param commitmentLoss see {@link Quantized#commitmentLoss()}
 * @param usage of the codes of the whole split
 * @param batchPerplexity the mean of the perplexities of full batches, as other projects print it
 * @param batchCodes the number of codes in a full batch
 */
public record AutoencoderEvaluation(
    double meanSquaredError,
    double nats,
    double codebookLoss,
    double commitmentLoss,
    CodeUsage usage,
    double batchPerplexity,
    int batchCodes) {

  /** Measures with the autoencoder's own likelihood. */
  static AutoencoderEvaluation of(Autoencoder autoencoder, Batches batches) {
    return of(autoencoder, autoencoder.likelihood(), batches);
  }

  /** Measures with another likelihood of the same mean. */
  static AutoencoderEvaluation of(Autoencoder autoencoder, Likelihood likelihood, Batches batches) {
    Sums sums = new Sums(autoencoder.codeSpace().codebookSize());
    for (Batch batch : batches.inOrder()) {
      sums.add(autoencoder, likelihood, batch);
    }
    return sums.means();
  }

  /** What is added up: over values that are data, and over examples. */
  private static final class Sums {
    private final Buffers buffers = new Buffers();
    private final CodeUsage usage;
    private double squaredError;
    private double nats;
    private long values;
    private double codebookLoss;
    private double commitmentLoss;
    private long examples;
    private double batchPerplexity;
    private int batchCodes;
    private int fullBatches;

    Sums(int codebookSize) {
      usage = new CodeUsage(codebookSize);
    }

    void add(Autoencoder autoencoder, Likelihood likelihood, Batch batch) {
      INDArray x = batch.data();
      Quantized quantized = autoencoder.quantize(x);
      int[] codes = quantized.codes();
      addValues(likelihood, autoencoder.predict(codes, x, batch.labels()), batch);
      codebookLoss += batch.size() * quantized.codebookLoss();
      commitmentLoss += batch.size() * quantized.commitmentLoss();
      examples += batch.size();
      addCodes(codes);
    }

    /** Example by example where some are filled up, otherwise all at once. */
    private void addValues(Likelihood likelihood, INDArray prediction, Batch batch) {
      INDArray gradient = buffers.get("gradient", prediction.dataType(), prediction.shape());
      int all = (int) (prediction.length() / prediction.size(-1) / batch.size());
      if (Arrays.stream(batch.positions()).allMatch(positions -> positions == all)) {
        addValues(likelihood, prediction, batch.data(), gradient);
        return;
      }
      for (int i = 0; i < batch.size(); i++) {
        long from = (long) i * all;
        int count = batch.positions()[i];
        addValues(
            likelihood,
            positions(prediction, from, count),
            positions(batch.data(), from, count),
            positions(gradient, from, count));
      }
    }

    private void addValues(
        Likelihood likelihood, INDArray prediction, INDArray x, INDArray gradient) {
      nats += x.length() * likelihood.loss(prediction, x, gradient);
      INDArray error = likelihood.mean(prediction).subi(x);
      squaredError += Transforms.pow(error, 2, false).sumNumber().doubleValue();
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

    private void addCodes(int[] codes) {
      usage.add(codes);
      if (codes.length > batchCodes) {
        batchCodes = codes.length;
        batchPerplexity = 0;
        fullBatches = 0;
      }
      if (codes.length == batchCodes) {
        batchPerplexity += CodeUsage.of(usage.codebookSize(), codes).batchPerplexity();
        fullBatches++;
      }
    }

    AutoencoderEvaluation means() {
      return new AutoencoderEvaluation(
          squaredError / values,
          nats / values,
          codebookLoss / examples,
          commitmentLoss / examples,
          usage,
          batchPerplexity / fullBatches,
          batchCodes);
    }
  }
}
