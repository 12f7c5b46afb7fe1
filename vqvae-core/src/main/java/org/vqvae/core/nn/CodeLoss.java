package org.vqvae.core.nn;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.Kernels;

/**
 * The negative log-likelihood of codes under logits, in nats per code: {@code -mean_i log
 * softmax(logits_i)[code_i]}.
 *
 * <p>Both methods work in place: the logits' array is their scratch space.
 */
public final class CodeLoss {
  private final Kernels kernels;

  public CodeLoss(Kernels kernels) {
    this.kernels = kernels;
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
    double nats = nats(logits, codes);
    kernels.exp(logits, logits);
    for (int row = 0; row < codes.length; row++) {
      logits.putScalar(row, codes[row], logits.getDouble(row, codes[row]) - 1);
    }
    logits.divi(codes.length);
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
