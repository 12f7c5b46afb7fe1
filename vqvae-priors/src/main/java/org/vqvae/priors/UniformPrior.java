package org.vqvae.priors;

import jakarta.inject.Inject;
import java.util.List;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Conditions;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorNetwork;

/**
 * A prior under which every code is equally likely: the null model, {@code p(z_i) = 1/K}.
 *
 * <p>It is the prior that the autoencoder is trained with (van den Oord et al. 2017, section 3.1),
 * and costs {@code ln K} nats per code.
 */
public final class UniformPrior implements Prior {

  /** No settings. */
  public record Settings() {
    static Settings read(ConfigReader in) {
      return new Settings();
    }
  }

  @Inject
  public UniformPrior() {}

  @Override
  public PriorNetwork build(CodeShape codes, Conditions conditions, Scope scope) {
    return new IndependentCodes(codes, scope, (place, size) -> new NoStatistic(size));
  }

  @Override
  public boolean isContextFree() {
    return true;
  }

  private record NoStatistic(int codebookSize) implements IndependentCodes.Statistic {
    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public void observe(int[] codes) {}

    @Override
    public double[] logits() {
      return new double[codebookSize];
    }
  }
}
