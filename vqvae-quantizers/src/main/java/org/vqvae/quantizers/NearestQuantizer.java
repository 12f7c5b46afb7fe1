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
 * A quantizer whose codebook learns by gradient, from the distance between codes and the latents
 * that chose them.
 *
 * <p>van den Oord et al. 2017, <a href="https://arxiv.org/abs/1711.00937">paper</a>: {@code z_q =
 * e_k, k = argmin_j |z_e - e_j|} (eq. 1 and 2), loss {@code |sg[z_e] - e|^2 + beta |z_e - sg[e]|^2}
 * (eq. 3), here the mean over all M x D elements, and the gradient of the rest estimated from z_q,
 * straight through in the paper. The optimizer that trains the network moves the codebook; {@link
 * EmaQuantizer} moves it without one.
 *
 * <p>Dead codes restart after the optimizer's step, so a restarted code is exactly a latent.
 * Optimizer state that it had, such as Adam's moments, stays: after the long time without gradients
 * that a code takes to die, its pull is below the learning rate.
 */
public final class NearestQuantizer implements Quantizer {

  /** Usage is averaged over some hundred batches, as the default of {@link EmaQuantizer} does. */
  private static final double USAGE_DECAY = 0.99;

  private final double commitmentCost;
  private final Codebook codebook;
  private final MovingAverage usage;
  private final DeadCodePolicy deadCodes;
  private final GradientEstimator estimator;
  private final RandomStream random;

  /**
   * Its settings.
   *
   * @param codebookSize K
   * @param codeDim D
   * @param commitmentCost beta, eq. 3
   */
  public record Settings(
      int codebookSize,
      int codeDim,
      double commitmentCost,
      Chosen<CodebookInitializer> codebookInit,
      Chosen<DeadCodePolicy> deadCodes,
      Chosen<GradientEstimator> estimator) {
    static Settings read(ConfigReader in) {
      return new Settings(
          in.integer("codebook-size").atLeast(1),
          in.integer("code-dim").atLeast(1),
          in.real("commitment-cost").atLeast(0),
          in.component(CodebookInitializer.class, "codebook-init"),
          in.component(DeadCodePolicy.class, "dead-codes"),
          in.component(GradientEstimator.class, "estimator"));
    }
  }

  @Inject
  public NearestQuantizer(Settings settings, Parts parts, Kernels kernels, Scope scope) {
    this.commitmentCost = settings.commitmentCost();
    this.codebook =
        Codebook.learned(
            settings.codebookSize(),
            settings.codeDim(),
            parts.get(settings.codebookInit()),
            kernels,
            scope);
    this.usage = new MovingAverage(scope.child("usage"), USAGE_DECAY, settings.codebookSize());
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
    return Stream.of(codebook.parameters(), usage.parameters()).flatMap(List::stream).toList();
  }

  @Override
  public boolean isObserving() {
    return codebook.wantsFit();
  }

  @Override
  public void observe(INDArray latents) {
    codebook.fit(codebook.rowsOf(latents));
  }

  @Override
  public Bottled apply(INDArray latents, Phase phase) {
    Assignment assignment = codebook.assign(codebook.rowsOf(latents));
    double meanSquare = assignment.meanSquare();
    return Bottled.of(assignment.vectors())
        .withCodes(assignment.codes())
        .withTerm("codebook", Unit.SQUARED_LATENT, meanSquare, 1)
        .withTerm("commitment", Unit.SQUARED_LATENT, meanSquare, commitmentCost)
        .withPullback((gradient, weight) -> pullBack(assignment, gradient, weight))
        .withStatistics(phase.training() ? assignment.usage(deadCodes) : Statistics.NONE);
  }

  private INDArray pullBack(Assignment assignment, INDArray gradient, double weight) {
    codebook.setGradient(assignment.codebookGradient(weight));
    return assignment.latentGradient(gradient, weight * commitmentCost, estimator);
  }

  @Override
  public void update(Statistics batch) {
    usage.update(batch.sums());
    double[] counts = usage.average();
    int rows = (int) Arrays.stream(batch.sums()).sum();
    List<Restart> restarts = deadCodes.restarts(counts, rows, random);
    if (!restarts.isEmpty()) {
      float[] vectors = codebook.vectors();
      for (Restart restart : restarts) {
        counts[restart.code()] = (double) rows / codebook.size();
        int from = restart.row() * codeDim();
        System.arraycopy(batch.rows(), from, vectors, restart.code() * codeDim(), codeDim());
      }
      usage.set(counts);
      codebook.setVectors(vectors);
    }
  }

  @Override
  public INDArray lookup(int[] codes, int depth) {
    return codebook.lookup(codes, depth);
  }
}
