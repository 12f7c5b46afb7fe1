package org.vqvae.priors;

import jakarta.inject.Inject;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Conditions;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.nn.Initializers;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorNetwork;

/**
 * A prior made of code frequencies: {@code p(z_i = k) = (n_k + s) / (n + s K)}, n_k being how often
 * code k was observed and s the smoothing (1: Laplace's rule of succession). Each codebook of each
 * map has counts of its own.
 *
 * <p>It ignores position, neighbours and class, and needs no training: the baseline that a learned
 * prior must beat. Nothing observed, it is the uniform prior.
 */
public final class UnigramPrior implements Prior {
  private final Settings settings;

  /**
   * Settings.
   *
   * @param smoothing s, what is added to each count; above 0, so that no code is impossible
   */
  public record Settings(double smoothing) {
    public Settings {
      if (!(smoothing > 0)) {
        throw new IllegalArgumentException("smoothing must be greater than 0 but was " + smoothing);
      }
    }

    static Settings read(ConfigReader in) {
      return new Settings(in.real("smoothing").greaterThan(0));
    }
  }

  @Inject
  public UnigramPrior(Settings settings) {
    this.settings = settings;
  }

  @Override
  public PriorNetwork build(CodeShape codes, Conditions conditions, Scope scope) {
    return new IndependentCodes(
        codes, scope, (place, size) -> new Counts(place, size, settings.smoothing()));
  }

  @Override
  public boolean isContextFree() {
    return true;
  }

  private static final class Counts implements IndependentCodes.Statistic {
    private final Parameter counts;
    private final double smoothing;

    Counts(Scope scope, int codebookSize, double smoothing) {
      this.smoothing = smoothing;
      counts = scope.state("counts", Initializers.zeros(), codebookSize);
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(counts);
    }

    @Override
    public void observe(int[] codes) {
      INDArray value = counts.value();
      double[] occurrences = new double[(int) value.length()];
      for (int code : codes) {
        occurrences[code]++;
      }
      for (int code = 0; code < occurrences.length; code++) {
        value.putScalar(code, occurrences[code]);
      }
    }

    @Override
    public double[] logits() {
      double[] logits = counts.value().toDoubleVector();
      double total = 0;
      for (double count : logits) {
        total += count + smoothing;
      }
      for (int code = 0; code < logits.length; code++) {
        logits[code] = Math.log((logits[code] + smoothing) / total);
      }
      return logits;
    }
  }
}
