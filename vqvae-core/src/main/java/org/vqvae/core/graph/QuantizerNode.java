package org.vqvae.core.graph;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantized;
import org.vqvae.core.Quantizer;
import org.vqvae.core.nn.Parameter;

/** z_e to z_q: any {@link Quantizer}, seeing the latents as rows. */
final class QuantizerNode implements Node {
  private final Quantizer quantizer;
  private final double lossWeight;
  private @Nullable Quantized last;

  /**
   * @param lossWeight the factor of the quantizer's loss in the whole
   */
  QuantizerNode(Quantizer quantizer, double lossWeight) {
    this.quantizer = quantizer;
    this.lossWeight = lossWeight;
  }

  @Override
  public List<Parameter> parameters() {
    return quantizer.parameters();
  }

  @Override
  public INDArray forward(INDArray[] inputs, Phase phase) {
    INDArray latents = inputs[0];
    last = quantizer.quantize(rows(latents), phase);
    return last.vectors().reshape('c', latents.shape());
  }

  @Override
  public INDArray[] backward(INDArray gradient) {
    INDArray latentGradient = last().pullback().apply(rows(gradient), lossWeight);
    return new INDArray[] {latentGradient.reshape('c', gradient.shape())};
  }

  /** What the last forward pass gave. */
  Quantized last() {
    return requireNonNull(last, "no forward pass yet");
  }

  private INDArray rows(INDArray latents) {
    return latents.reshape('c', -1, quantizer.codeDim());
  }
}
