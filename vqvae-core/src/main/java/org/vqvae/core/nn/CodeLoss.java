package org.vqvae.core.nn;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeMap;
import org.vqvae.core.Codes;
import org.vqvae.core.kernel.Kernels;

/**
 * The negative log-likelihood of codes under logits, in nats per code: {@code -mean_i log
 * softmax(logits_i)[code_i]}.
 *
 * <p>All methods work in place: the logits' arrays are their scratch space.
 */
public final class CodeLoss {
  /** Rows that stay in the cache of a core while the loss and its gradient are made of them. */
  private static final int BLOCK_ROWS = 256;

  private final Kernels kernels;

  public CodeLoss(Kernels kernels) {
    this.kernels = kernels;
  }

  /**
   * Computes the loss of codes of several maps and codebooks.
   *
   * @param logits become the log-probabilities
   * @return nats, averaged over all codes
   */
  public double nats(Logits logits, Codes codes) {
    int total = codes.examples() * codes.shape().codes();
    double nats = 0;
    int table = 0;
    for (int map = 0; map < codes.shape().maps().size(); map++) {
      CodeMap form = codes.shape().map(map);
      for (int codebook = 0; codebook < form.depth(); codebook++) {
        int[] some = codes.ofCodebook(map, codebook);
        nats += some.length * nats(logits.tables().get(table++), some);
      }
    }
    return nats / total;
  }

  /**
   * Computes the loss of codes of several maps and codebooks, and its gradient.
   *
   * @param logits become the gradient of the returned mean
   * @return nats, averaged over all codes
   */
  public double natsAndGradient(Logits logits, Codes codes) {
    List<INDArray> tables = logits.tables();
    int total = codes.examples() * codes.shape().codes();
    double nats = 0;
    int table = 0;
    for (int map = 0; map < codes.shape().maps().size(); map++) {
      CodeMap form = codes.shape().map(map);
      for (int codebook = 0; codebook < form.depth(); codebook++) {
        int[] some = codes.ofCodebook(map, codebook);
        nats += some.length * natsAndGradient(tables.get(table++), some, total);
      }
    }
    return nats / total;
  }

  /**
   * Computes the loss.
   *
   * @param logits {@code [M, K]}; becomes the log-probabilities
   * @param codes M codes in 0..K-1
   * @return nats, averaged over the M codes
   */
  public double nats(INDArray logits, int[] codes) {
    return byBlocks(logits, codes, Kernels::crossEntropy);
  }

  /**
   * Computes the loss and its gradient, {@code (softmax(logits) - onehot(code)) / M}.
   *
   * @param logits {@code [M, K]}; becomes the gradient
   * @param codes M codes in 0..K-1
   * @return nats, averaged over the M codes
   */
  public double natsAndGradient(INDArray logits, int[] codes) {
    return natsAndGradient(logits, codes, codes.length);
  }

  /** The same, with a gradient that is that of the mean over {@code total} codes. */
  private double natsAndGradient(INDArray logits, int[] codes, int total) {
    return byBlocks(
        logits,
        codes,
        (own, block, some) -> {
          double nats = own.crossEntropy(block, some);
          own.crossEntropyGradient(block, some, total);
          return nats;
        });
  }

  /** What is done to some rows of the logits, with the kernels of a worker. */
  private interface Block {
    double nats(Kernels own, INDArray logits, int[] codes);
  }

  /** The mean over all rows; workers share the blocks, whose sums are added in their order. */
  private double byBlocks(INDArray logits, int[] codes, Block block) {
    check(logits, codes);
    int count = (codes.length + BLOCK_ROWS - 1) / BLOCK_ROWS;
    double[] sums = new double[count];
    kernels
        .workers()
        .run(
            count,
            (part, worker, progress) -> {
              int from = part * BLOCK_ROWS;
              int to = Math.min(codes.length, from + BLOCK_ROWS);
              sums[part] =
                  block.nats(
                      kernels.workers().kernels(worker),
                      new Cut.Range(from, to).of(logits),
                      Arrays.copyOfRange(codes, from, to));
            });
    return Arrays.stream(sums).sum() / codes.length;
  }

  private static void check(INDArray logits, int[] codes) {
    if (logits.rank() != 2 || logits.size(0) != codes.length || codes.length == 0) {
      throw new IllegalArgumentException(
          "logits: expected [%d, K], one row per code and at least one, but was %s"
              .formatted(codes.length, Arrays.toString(logits.shape())));
    }
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] < 0 || codes[row] >= logits.size(1)) {
        throw new IllegalArgumentException(
            "code %d is %d, but the logits are of %d codes: it must be in 0..%d"
                .formatted(row, codes[row], logits.size(1), logits.size(1) - 1));
      }
    }
  }
}
