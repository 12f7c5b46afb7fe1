package org.vqvae.quantizers;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantized;
import org.vqvae.core.Quantizer;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Parameter;

/**
 * A user's own quantizer in one class: a latent of one value becomes the nearest of K levels
 * between -1 and 1.
 */
final class RoundingQuantizer implements Quantizer {
  private final int levels;

  RoundingQuantizer(int levels) {
    this.levels = levels;
  }

  @Override
  public int codebookSize() {
    return levels;
  }

  @Override
  public int codeDim() {
    return 1;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Quantized quantize(INDArray latents, Phase phase) {
    float[] z = FloatArrays.read(latents);
    int[] codes = new int[z.length];
    for (int i = 0; i < z.length; i++) {
      float inside = Math.max(-1, Math.min(1, z[i]));
      codes[i] = Math.round((inside + 1) / 2 * (levels - 1));
    }
    return new Quantized(lookup(codes), codes, 0, 0, (taskGradient, weight) -> taskGradient);
  }

  @Override
  public INDArray lookup(int[] codes) {
    float[] vectors = new float[codes.length];
    for (int i = 0; i < codes.length; i++) {
      vectors[i] = 2f * codes[i] / (levels - 1) - 1;
    }
    return FloatArrays.of(vectors, codes.length, 1);
  }
}
