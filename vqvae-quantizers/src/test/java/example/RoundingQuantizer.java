package example;

import jakarta.inject.Inject;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Bottled;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Parameter;

/** A latent of one value becomes the nearest of K levels between -1 and 1. */
public final class RoundingQuantizer implements Quantizer {
  private final int levels;

  /** {@code quantizer { type = rounding, levels = 8 }}. */
  public record Settings(int levels) {
    public static Settings read(ConfigReader in) {
      return new Settings(in.integer("levels").atLeast(2));
    }
  }

  @Inject
  public RoundingQuantizer(Settings settings) {
    levels = settings.levels;
  }

  @Override
  public List<Integer> codebookSizes() {
    return List.of(levels);
  }

  @Override
  public int codeDim() {
    return 1;
  }

  /** What is trained, saved and resumed: here nothing. */
  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Bottled apply(INDArray latents, Phase phase) {
    float[] z = FloatArrays.read(latents);
    int[] codes = new int[z.length];
    for (int i = 0; i < z.length; i++) {
      float inside = Math.max(-1, Math.min(1, z[i]));
      codes[i] = Math.round((inside + 1) / 2 * (levels - 1));
    }
    // no loss terms of its own; the decoder's gradient goes straight through to the encoder
    return Bottled.of(lookup(codes, 1)).withCodes(codes);
  }

  @Override
  public INDArray lookup(int[] codes, int depth) {
    float[] vectors = new float[codes.length];
    for (int i = 0; i < codes.length; i++) {
      vectors[i] = 2f * codes[i] / (levels - 1) - 1;
    }
    return FloatArrays.of(vectors, codes.length, 1);
  }
}
