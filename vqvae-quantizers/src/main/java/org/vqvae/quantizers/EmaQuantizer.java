package org.vqvae.quantizers;

import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantized;
import org.vqvae.core.Quantizer;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;
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
 * first step; restarting dead codes puts it among the latents instead. Codes are chosen with the
 * codebook as the step found it. Prefer it to {@link NearestQuantizer} when the codebook should not
 * depend on the optimizer.
 */
public final class EmaQuantizer implements Quantizer {
  private final Settings settings;
  private final Codebook codebook;
  private final MovingAverage counts;
  private final MovingAverage sums;
  private final DeadCodePolicy deadCodes;
  private final RandomStream random;

  /**
   * What config says.
   *
   * @param codebookSize K
   * @param codeDim D
   * @param commitmentCost beta, eq. 3
   * @param decay gamma of the moving averages, in [0, 1)
   * @param epsilon what every count is smoothed by
   */
  public record Settings(
      int codebookSize, int codeDim, double commitmentCost, double decay, double epsilon) {
    static Settings read(ConfigReader in) {
      in.component(CodebookInitializer.class, "codebook-init");
      in.component(DeadCodePolicy.class, "dead-codes");
      double decay = in.real("decay").between(0, 1);
      if (decay == 1) {
        in.problem("decay", "must be below 1: with 1 the codebook would never move");
      }
      return new Settings(
          in.integer("codebook-size").atLeast(1),
          in.integer("code-dim").atLeast(1),
          in.real("commitment-cost").atLeast(0),
          decay,
          in.real("epsilon").greaterThan(0));
    }
  }

  @Inject
  public EmaQuantizer(
      Settings settings,
      CodebookInitializer initializer,
      DeadCodePolicy deadCodes,
      Kernels kernels,
      RandomStreams streams) {
    int size = settings.codebookSize();
    int dim = settings.codeDim();
    this.settings = settings;
    this.codebook =
        Codebook.state(size, dim, initializer, kernels, streams.named("quantizer/codebook-init"));
    this.counts = new MovingAverage("ema-counts", settings.decay(), size);
    this.sums = new MovingAverage("ema-sums", settings.decay(), size, dim);
    this.deadCodes = deadCodes;
    this.random = streams.named("quantizer/dead-codes");
  }

  @Override
  public int codebookSize() {
    return codebook.size();
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
  public Quantized quantize(INDArray latents, Phase phase) {
    float[] z = codebook.read(latents);
    if (phase == Phase.TRAIN && codebook.wantsFit()) {
      startFrom(z);
    }
    Assignment assignment = codebook.assign(z);
    if (phase == Phase.TRAIN) {
      update(assignment);
    }
    double beta = settings.commitmentCost();
    return new Quantized(
        assignment.vectors(),
        assignment.codes(),
        0,
        beta * assignment.meanSquare(),
        (gradient, weight) -> assignment.straightThrough(gradient, weight * beta));
  }

  @Override
  public INDArray lookup(int[] codes) {
    return codebook.lookup(codes);
  }

  /** The fitted codebook counts as the one batch that was averaged so far. */
  private void startFrom(float[] latents) {
    double[] weights = codebook.fit(latents);
    float[] vectors = codebook.vectors();
    double[] weighted = new double[vectors.length];
    Arrays.setAll(weighted, i -> weights[i / codeDim()] * vectors[i]);
    counts.restart(weights);
    sums.restart(weighted);
  }

  private void update(Assignment assignment) {
    counts.update(assignment.counts());
    sums.update(assignment.sums());
    double[] n = counts.average();
    double[] m = sums.average();
    float[] vectors = quotients(m, n);
    List<Restart> restarts = deadCodes.restarts(n, assignment.rows(), random);
    if (!restarts.isEmpty()) {
      restarts.forEach(restart -> restart(restart, assignment, n, m, vectors));
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

  /** Moves a code to a latent, and its averages to those of an average code there. */
  private void restart(
      Restart restart, Assignment assignment, double[] n, double[] m, float[] vectors) {
    n[restart.code()] = (double) assignment.rows() / n.length;
    for (int d = 0; d < codeDim(); d++) {
      float value = assignment.latents()[restart.row() * codeDim() + d];
      vectors[restart.code() * codeDim() + d] = value;
      m[restart.code() * codeDim() + d] = n[restart.code()] * value;
    }
  }
}
