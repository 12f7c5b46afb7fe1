package org.vqvae.quantizers;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Bottled;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.Statistics;
import org.vqvae.core.Unit;
import org.vqvae.core.VariationalBottleneck;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.random.ExampleStreams;
import org.vqvae.core.random.RandomStream;

/**
 * The bottleneck of a VAE: the encoder gives mean and log-variance of a Gaussian, the decoder gets
 * a draw from it, and N(0, I) is the prior (Kingma and Welling 2014, <a
 * href="https://arxiv.org/abs/1312.6114">Auto-Encoding Variational Bayes</a>).
 *
 * <p>A latent is D means and behind them D log-variances. In training {@code z = mu + sigma
 * epsilon}, epsilon drawn for each example; in evaluation z is the mean. The rate is analytic
 * (appendix B): {@code KL = 1/2 sum_d (mu^2 + sigma^2 - 1 - ln sigma^2)}, the mean over the
 * latents.
 *
 * <p>In training the KL may be weighted less in the first steps (Sonderby et al. 2016), and may
 * cost at least some nats a dimension (free bits, Kingma et al. 2016): {@code sum_d max(free,
 * KL_d)}, here for each latent by itself, because a minimum of a mean over the batch would depend
 * on how the batch is cut into parts. Evaluation states the KL itself at its full weight. The
 * log-variance is not clamped: the gradient of the KL brings back one that is too large.
 */
public final class GaussianBottleneck implements VariationalBottleneck {

  /** Burda et al. 2016, "Importance Weighted Autoencoders", on active units. */
  private static final double ACTIVE_VARIANCE = 0.01;

  private final Settings settings;
  private final int dim;
  private final ExampleStreams noise;

  /**
   * Its settings.
   *
   * @param latentDim D
   * @param klWeight the weight of the KL once it is warm, beta of a beta-VAE
   * @param klWarmUp the number of steps in which the weight grows linearly from zero; 0 for none
   * @param freeNats the nats that a dimension of a latent costs at least in training
   */
  public record Settings(int latentDim, double klWeight, int klWarmUp, double freeNats) {
    static Settings read(ConfigReader in) {
      return new Settings(
          in.integer("latent-dim").atLeast(1),
          in.real("kl-weight").atLeast(0),
          in.integer("kl-warm-up").atLeast(0),
          in.real("free-nats").atLeast(0));
    }
  }

  @Inject
  public GaussianBottleneck(Settings settings, Scope scope) {
    this.settings = settings;
    this.dim = settings.latentDim();
    this.noise = scope.perExample("noise");
  }

  @Override
  public int inputDim() {
    return 2 * dim;
  }

  @Override
  public int outputDim() {
    return dim;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Bottled apply(INDArray latents, Phase phase) {
    Posterior posterior =
        new Posterior(LatentRows.of(latents, 2 * dim, "2 x latent-dim: means, log-variances"));
    float[] epsilon = phase.drawsLatents() ? noise(posterior, phase) : new float[posterior.size()];
    double free = phase.training() ? settings.freeNats() : 0;
    double klWeight = settings.klWeight() * warmth(phase);
    return Bottled.of(FloatArrays.of(posterior.values(epsilon), posterior.rows(), dim))
        .withTerm("kl", Unit.NATS_PER_LATENT, posterior.meanKl(free), klWeight)
        .withPullback(
            (gradient, weight) ->
                FloatArrays.of(
                    posterior.gradient(
                        FloatArrays.read(gradient), epsilon, weight * klWeight, free),
                    posterior.rows(),
                    2L * dim))
        .withStatistics(phase.training() ? Statistics.NONE : posterior.statistics());
  }

  /** The share of its full weight that the KL has. */
  private double warmth(Phase phase) {
    return phase.training() && phase.step() < settings.klWarmUp()
        ? (double) phase.step() / settings.klWarmUp()
        : 1;
  }

  /** epsilon, from a stream of each example. */
  private float[] noise(Posterior posterior, Phase phase) {
    float[] epsilon = new float[posterior.size()];
    int stride = epsilon.length / posterior.examples();
    for (int example = 0; example < posterior.examples(); example++) {
      RandomStream random = noise.of(phase, example);
      for (int i = example * stride; i < (example + 1) * stride; i++) {
        epsilon[i] = (float) random.nextGaussian();
      }
    }
    return epsilon;
  }

  /**
   * {@code active-units}, the dimensions of a latent whose mean varies over the set by more than
   * .01, and {@code kl-nats}, the mean KL of a latent.
   */
  @Override
  public Map<String, Double> figures(Statistics set) {
    if (set.isEmpty()) {
      return Map.of();
    }
    double[] sums = set.sums();
    double rows = sums[0];
    long active =
        IntStream.range(0, dim)
            .filter(
                d -> {
                  double mean = sums[2 + d] / rows;
                  return sums[2 + dim + d] / rows - mean * mean > ACTIVE_VARIANCE;
                })
            .count();
    return Map.of("active-units", (double) active, "kl-nats", sums[1] / rows);
  }

  @Override
  public INDArray draw(long rows, RandomStream random) {
    float[] values = new float[Math.toIntExact(Math.multiplyExact(rows, dim))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return FloatArrays.of(values, rows, dim);
  }
}
