package org.vqvae.core;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Everything one call of a {@link Quantizer} produced, including how to differentiate it.
 *
 * @param vectors z_q, {@code [M, D]}: in {@link Phase#EVAL} exactly the rows that {@link
 *     Quantizer#lookup} gives
 * @param codes the M chosen codes
 * @param codebookLoss |sg[z_e] - e|^2, the mean over all M x D elements; 0 when the codebook does
 *     not learn by it
 * @param commitmentLoss beta |z_e - sg[e]|^2, the mean over all M x D elements, beta applied
 * @param pullback the gradient
 */
public record Quantized(
    INDArray vectors, int[] codes, double codebookLoss, double commitmentLoss, Pullback pullback) {

  /** The quantizer's whole loss. */
  public double loss() {
    return codebookLoss + commitmentLoss;
  }

  /** Carries gradients from z_q back to z_e, and into the quantizer's own parameters. */
  @FunctionalInterface
  public interface Pullback {

    /**
     * The gradient of {@code task + weight * loss()} with respect to z_e; also sets the gradient of
     * every learned parameter of the quantizer.
     *
     * @param taskGradient d task / d z_q, {@code [M, D]}; may be overwritten
     * @param weight the factor of the quantizer's loss in the whole
     * @return d / d z_e, {@code [M, D]}
     */
    INDArray apply(INDArray taskGradient, double weight);
  }
}
