package org.vqvae.quantizers;

import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Bottled;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.Statistics;
import org.vqvae.core.config.Chosen;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.config.Parts;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.random.ExampleStreams;
import org.vqvae.core.random.RandomStream;

/**
 * A list of quantizers, each of which codes what the former ones left: residual vector quantization
 * (Zeghidour et al. 2021, <a href="https://arxiv.org/abs/2107.03312">SoundStream</a>, algorithm 1).
 *
 * <p>{@code r_1 = z_e, q_i = level_i(r_i), r_{i+1} = r_i - sg[q_i], z_q = q_1 + ... + q_Q}. The
 * first levels decode on their own. The gradient of the task is estimated once, around the sum, so
 * that the encoder's does not grow with Q; each level's own terms reach its codebook and, through
 * r_i, the latents. Terms of one name are the sum over the levels, each averaged over all M x D
 * elements, so that a codebook learns as fast as it would alone.
 *
 * <p>Quantizer dropout: in training an example uses, by chance, only its first n levels, n uniform
 * in 1..Q-1. The other levels learn nothing from it; its codes are those of all levels even so.
 */
public final class ResidualQuantizer implements Quantizer {
  private final List<Quantizer> levels;
  private final double dropout;
  private final GradientEstimator estimator;
  private final ExampleStreams chance;

  /**
   * Its settings.
   *
   * @param levels the quantizers, coarse first, all of one code-dim
   * @param quantizerDropout the probability that an example uses only some of the levels
   * @param estimator of the gradient around the sum; those of the levels are not used
   */
  public record Settings(
      List<Chosen<Bottleneck>> levels,
      double quantizerDropout,
      Chosen<GradientEstimator> estimator) {
    public Settings {
      levels = List.copyOf(levels);
    }

    static Settings read(ConfigReader in) {
      List<Chosen<Bottleneck>> levels = in.components(Bottleneck.class, "levels");
      if (levels.isEmpty()) {
        in.problem("levels", ResidualLevels.NOTHING);
      }
      return new Settings(
          levels,
          in.real("quantizer-dropout").between(0, 1),
          in.component(GradientEstimator.class, "estimator"));
    }
  }

  @Inject
  public ResidualQuantizer(Settings settings, Parts parts, Scope scope) {
    this.levels = ResidualLevels.of(settings.levels(), parts);
    this.dropout = settings.quantizerDropout();
    this.estimator = parts.get(settings.estimator());
    this.chance = scope.perExample("dropout");
  }

  /** Whether examples may use only some of the levels in training. */
  boolean drops() {
    return dropout > 0;
  }

  @Override
  public List<Integer> codebookSizes() {
    return levels.stream().flatMap(level -> level.codebookSizes().stream()).toList();
  }

  @Override
  public int codeDim() {
    return levels.get(0).codeDim();
  }

  @Override
  public List<Parameter> parameters() {
    return levels.stream().flatMap(level -> level.parameters().stream()).toList();
  }

  @Override
  public boolean isObserving() {
    return levels.stream().anyMatch(Quantizer::isObserving);
  }

  /** Each level sees what the former ones leave, once these have seen the batch. */
  @Override
  public void observe(INDArray latents) {
    INDArray rest = latents.dup('c');
    for (Quantizer level : levels) {
      if (level.isObserving()) {
        level.observe(rest);
      }
      rest = rest.sub(level.apply(rest, Phase.EVAL).values().reshape(rest.shape()));
    }
  }

  @Override
  public Bottled apply(INDArray latents, Phase phase) {
    LatentRows z = LatentRows.of(latents, codeDim(), "code-dim");
    ResidualPass pass = new ResidualPass(z, depths(z.examples(), phase), codebookSizes().size());
    levels.forEach(level -> pass.code(level, phase));
    return pass.result(estimator);
  }

  /** How many levels each example uses. */
  private int[] depths(int examples, Phase phase) {
    int[] depths = new int[examples];
    Arrays.fill(depths, levels.size());
    if (phase.training() && drops() && levels.size() > 1) {
      for (int example = 0; example < examples; example++) {
        RandomStream random = chance.of(phase, example);
        if (random.nextDouble() < dropout) {
          depths[example] = 1 + random.nextInt(levels.size() - 1);
        }
      }
    }
    return depths;
  }

  @Override
  public void update(Statistics batch) {
    for (int i = 0; i < levels.size(); i++) {
      if (!batch.part(i).isEmpty()) {
        levels.get(i).update(batch.part(i));
      }
    }
  }

  /** The sum of the vectors of the first levels. */
  @Override
  public INDArray lookup(int[] codes, int depth) {
    int codebooks = codebookSizes().size();
    if (depth < 1 || depth > codebooks) {
      throw new IncompatibleException(
          "depth: these levels have 1 to %d codebooks but %d were asked for"
              .formatted(codebooks, depth));
    }
    INDArray sum = Nd4j.zeros(DataType.FLOAT, codes.length / depth, codeDim());
    int first = 0;
    for (Quantizer level : levels) {
      int own = Math.min(level.codebookSizes().size(), depth - first);
      if (own > 0) {
        sum.addi(level.lookup(columns(codes, depth, first, own), own));
        first += own;
      }
    }
    return sum;
  }

  /** The codes of some neighbouring codebooks, row after row. */
  private static int[] columns(int[] codes, int depth, int first, int count) {
    return IntStream.range(0, codes.length / depth * count)
        .map(i -> codes[i / count * depth + first + i % count])
        .toArray();
  }
}
