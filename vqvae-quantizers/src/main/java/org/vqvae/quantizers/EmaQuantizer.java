package org.vqvae.quantizers;

import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Bottled;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.Statistics;
import org.vqvae.core.Unit;
import org.vqvae.core.config.Chosen;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.config.Parts;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.random.RandomStream;
import org.vqvae.quantizers.DeadCodePolicy.Restart;

/**
 * A quantizer whose codebook follows the latents by exponential moving averages instead of
 * gradients.
 *
 * <p>van den Oord et al. 2017, <a href="https://arxiv.org/abs/1711.00937">paper</a>, appendix A.1:
 * {@code N_k <- gamma N_k + (1 - gamma) n_k}, {@code m_k <- gamma m_k + (1 - gamma) sum z}, {@code
 * e_k = m_k / N_k}. In Sonnet's dialect: both averages are free of bias towards their start at
 * zero, and N is smoothed, {@code (N_k + epsilon) / (n + K epsilon) n} with n the sum of all N. A
 * code that no latent has chosen since the start has m = 0 and so becomes the zero vector at the
 * first step; restarting dead codes puts it among the latents instead. Prefer it to {@link
 * NearestQuantizer} when the codebook should not depend on the optimizer.
 */
public final class EmaQuantizer implements Quantizer {
  private final Settings settings;
  private final Codebook codebook;
  private final MovingAverage counts;
  private final MovingAverage sums;
  private final DeadCodePolicy deadCodes;
  private final GradientEstimator estimator;
  private final RandomStream random;

  /**
   * Its settings.
   *
   * @param codebookSize K
   * @param codeDim D
   * @param commitmentCost beta, eq. 3
   * @param decay gamma of the moving averages, in [0, 1)
   * @param epsilon what every count is smoothed by
   */
  public record Settings(
      int codebookSize,
      int codeDim,
      double commitmentCost,
      double decay,
      double epsilon,
      Chosen<CodebookInitializer> codebookInit,
      Chosen<DeadCodePolicy> deadCodes,
      Chosen<GradientEstimator> estimator) {
    static Settings read(ConfigReader in) {
      double decay = in.real("decay").between(0, 1);
      if (decay == 1) {
        in.problem("decay", "must be below 1: with 1 the codebook would never move");
      }
      return new Settings(
          in.integer("codebook-size").atLeast(1),
          in.integer("code-dim").atLeast(1),
          in.real("commitment-cost").atLeast(0),
          decay,
          in.real("epsilon").greaterThan(0),
          in.component(CodebookInitializer.class, "codebook-init"),
          in.component(DeadCodePolicy.class, "dead-codes"),
          in.component(GradientEstimator.class, "estimator"));
    }
  }

  @Inject
  public EmaQuantizer(Settings settings, Parts parts, Kernels kernels, Scope scope) {
    int size = settings.codebookSize();
    int dim = settings.codeDim();
    this.settings = settings;
    this.codebook = Codebook.state(size, dim, parts.get(settings.codebookInit()), kernels, scope);
    this.counts = new MovingAverage(scope.child("ema-counts"), settings.decay(), size);
    this.sums = new MovingAverage(scope.child("ema-sums"), settings.decay(), size, dim);
    this.deadCodes = parts.get(settings.deadCodes());
    this.estimator = parts.get(settings.estimator());
    this.random = scope.random("dead-codes");
  }

  @Override
  public List<Integer> codebookSizes() {
    return List.of(codebook.size());
  }

  @Override
  public int codeDim() {
    return codebook.dim();
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.of(codebook.parameters(), counts.parameters(), sums.parameters())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public boolean isObserving() {
    return codebook.wantsFit();
  }

  /** The fitted codebook counts as the one batch that was averaged so far. */
  @Override
  public void observe(INDArray latents) {
    double[] weights = codebook.fit(codebook.rowsOf(latents));
    float[] vectors = codebook.vectors();
    double[] weighted = new double[vectors.length];
    Arrays.setAll(weighted, i -> weights[i / codeDim()] * vectors[i]);
    counts.restart(weights);
    sums.restart(weighted);
  }

  @Override
  public Bottled apply(INDArray latents, Phase phase) {
    Assignment assignment = codebook.assign(codebook.rowsOf(latents));
    double beta = settings.commitmentCost();
    return Bottled.of(assignment.vectors())
        .withCodes(assignment.codes())
        .withTerm("commitment", Unit.SQUARED_LATENT, assignment.meanSquare(), beta)
        .withPullback(
            (gradient, weight) -> assignment.latentGradient(gradient, weight * beta, estimator))
        .withStatistics(phase.training() ? assignment.clusters(deadCodes) : Statistics.NONE);
  }

  @Override
  public void update(Statistics batch) {
    int size = codebook.size();
    double[] chosen = Arrays.copyOf(batch.sums(), size);
    counts.update(chosen);
    sums.update(Arrays.copyOfRange(batch.sums(), size, batch.sums().length));
    double[] n = counts.average();
    double[] m = sums.average();
    float[] vectors = quotients(m, n);
    int rows = (int) Arrays.stream(chosen).sum();
    List<Restart> restarts = deadCodes.restarts(n, rows, random);
    if (!restarts.isEmpty()) {
      for (Restart restart : restarts) {
        n[restart.code()] = (double) rows / size;
        restart(restart, batch.rows(), n, m, vectors);
      }
      counts.set(n);
      sums.set(m);
    }
    codebook.setVectors(vectors);
  }

  /** {@code e_k = m_k / N_k}, with N smoothed (A.1). */
  private float[] quotients(double[] m, double[] n) {
    double total = Arrays.stream(n).sum();
    double epsilon = settings.epsilon();
    float[] vectors = new float[m.length];
    for (int i = 0; i < vectors.length; i++) {
      double smoothed = (n[i / codeDim()] + epsilon) / (total + n.length * epsilon) * total;
      vectors[i] = (float) (m[i] / smoothed);
    }
    return vectors;
  }

  /** Moves a code to a latent, and its average sum to that of n_k latents there. */
  private void restart(Restart restart, float[] latents, double[] n, double[] m, float[] vectors) {
    for (int d = 0; d < codeDim(); d++) {
      float value = latents[restart.row() * codeDim() + d];
      vectors[restart.code() * codeDim() + d] = value;
      m[restart.code() * codeDim() + d] = n[restart.code()] * value;
    }
  }

  @Override
  public INDArray lookup(int[] codes, int depth) {
    return codebook.lookup(codes, depth);
  }
}
