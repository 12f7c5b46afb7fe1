package org.vqvae.priors;

import jakarta.inject.Inject;
import java.util.List;
import org.vqvae.core.CodeSpace;
import org.vqvae.core.Prior;
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

  /** It has none. */
  public record Settings() {
    static Settings read(ConfigReader in) {
      return new Settings();
    }
  }

  @Inject
  public UniformPrior() {}

  @Override
  public PriorNetwork build(CodeSpace space, int classes) {
    return new IndependentCodes(space, new NoStatistic(space.codebookSize()));
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
