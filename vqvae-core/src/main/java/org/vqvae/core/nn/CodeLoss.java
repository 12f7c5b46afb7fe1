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
    check(logits, codes);
    kernels.logSoftmax(logits, logits);
    double sum = 0;
    for (int row = 0; row < codes.length; row++) {
      sum -= logits.getDouble(row, codes[row]);
    }
    return sum / codes.length;
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
    double nats = nats(logits, codes);
    kernels.exp(logits, logits);
    for (int row = 0; row < codes.length; row++) {
      logits.putScalar(row, codes[row], logits.getDouble(row, codes[row]) - 1);
    }
    logits.divi(total);
    return nats;
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
