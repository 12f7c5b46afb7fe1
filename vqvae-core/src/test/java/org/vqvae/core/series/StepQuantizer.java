package org.vqvae.core.series;

import jakarta.inject.Inject;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Bottled;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Parameter;

/** A latent of one number becomes the nearest of K steps between -1 and 1. */
final class StepQuantizer implements Quantizer {
  private final int steps;

  record Settings(int steps) {
    static Settings read(ConfigReader in) {
      return new Settings(in.integer("steps").atLeast(2));
    }
  }

  @Inject
  StepQuantizer(Settings settings) {
    this.steps = settings.steps;
  }

  @Override
  public List<Integer> codebookSizes() {
    return List.of(steps);
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
  public Bottled apply(INDArray latents, Phase phase) {
    float[] z = FloatArrays.read(latents);
    int[] codes = new int[z.length];
    for (int i = 0; i < z.length; i++) {
      codes[i] = Math.round((Math.max(-1, Math.min(1, z[i])) + 1) / 2 * (steps - 1));
    }
    return Bottled.of(lookup(codes, 1)).withCodes(codes);
  }

  @Override
  public INDArray lookup(int[] codes, int depth) {
    float[] values = new float[codes.length];
    for (int i = 0; i < codes.length; i++) {
      values[i] = 2f * codes[i] / (steps - 1) - 1;
    }
    return FloatArrays.of(values, codes.length, 1);
  }
}
