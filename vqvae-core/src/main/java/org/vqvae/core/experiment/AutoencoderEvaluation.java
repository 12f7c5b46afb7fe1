package org.vqvae.core.experiment;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.vqvae.core.CodeUsage;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Quantized;
import org.vqvae.core.data.Batch;
import org.vqvae.core.data.Batches;
import org.vqvae.core.graph.Autoencoder;
import org.vqvae.core.nn.Buffers;

/**
 * How well an autoencoder does on a whole split. Every figure is a mean over all examples, however
 * they were batched, but for {@code batchPerplexity}.
 *
 * @param meanSquaredError (x - mean of p(x | z))^2 over all values
 * @param nats -ln p(x | z) per value, under the likelihood that was asked about
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

  /** What is added up over the batches, each weighted by its examples. */
  private static final class Sums {
    private final Buffers buffers = new Buffers();
    private final CodeUsage usage;
    private double squaredError;
    private double nats;
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
      INDArray prediction = autoencoder.predict(codes, x, batch.labels());
      INDArray gradient = buffers.get("gradient", prediction.dataType(), prediction.shape());
      nats += batch.size() * likelihood.loss(prediction, x, gradient);
      INDArray error = likelihood.mean(prediction).subi(x);
      squaredError += batch.size() * Transforms.pow(error, 2, false).meanNumber().doubleValue();
      codebookLoss += batch.size() * quantized.codebookLoss();
      commitmentLoss += batch.size() * quantized.commitmentLoss();
      examples += batch.size();
      addCodes(codes);
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
          squaredError / examples,
          nats / examples,
          codebookLoss / examples,
          commitmentLoss / examples,
          usage,
          batchPerplexity / fullBatches,
          batchCodes);
    }
  }
}
