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
 * A quantizer whose codebook learns by gradient, from the distance between codes and the latents
 * that chose them.
 *
 * <p>van den Oord et al. 2017, <a href="https://arxiv.org/abs/1711.00937">paper</a>: {@code z_q =
 * e_k, k = argmin_j |z_e - e_j|} (eq. 1 and 2), loss {@code |sg[z_e] - e|^2 + beta |z_e - sg[e]|^2}
 * (eq. 3), here the mean over all M x D elements, and the gradient of the rest copied from z_q to
 * z_e. The optimizer that trains the network moves the codebook; {@link EmaQuantizer} moves it
 * without one.
 *
 * <p>A code that is restarted gets no gradient in that step. Optimizer state that it had, such as
 * Adam's moments, stays: after the long time without gradients that a code takes to die, its pull
 * is below the learning rate.
 */
public final class NearestQuantizer implements Quantizer {

  /** Usage is averaged over some hundred batches, as the default of {@link EmaQuantizer} does. */
  private static final double USAGE_DECAY = 0.99;

  private final Settings settings;
  private final Codebook codebook;
  private final MovingAverage usage;
  private final DeadCodePolicy deadCodes;
  private final RandomStream random;

  /**
   * What config says.
   *
   * @param codebookSize K
   * @param codeDim D
   * @param commitmentCost beta, eq. 3
   */
  public record Settings(int codebookSize, int codeDim, double commitmentCost) {
    static Settings read(ConfigReader in) {
      in.component(CodebookInitializer.class, "codebook-init");
      in.component(DeadCodePolicy.class, "dead-codes");
      return new Settings(
          in.integer("codebook-size").atLeast(1),
          in.integer("code-dim").atLeast(1),
          in.real("commitment-cost").atLeast(0));
    }
  }

  @Inject
  public NearestQuantizer(
      Settings settings,
      CodebookInitializer initializer,
      DeadCodePolicy deadCodes,
      Kernels kernels,
      RandomStreams streams) {
    int size = settings.codebookSize();
    int dim = settings.codeDim();
    this.settings = settings;
    this.codebook =
        Codebook.learned(size, dim, initializer, kernels, streams.named("quantizer/codebook-init"));
    this.usage = new MovingAverage("usage", USAGE_DECAY, size);
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
    return Stream.of(codebook.parameters(), usage.parameters()).flatMap(List::stream).toList();
  }

  @Override
  public Quantized quantize(INDArray latents, Phase phase) {
    float[] z = codebook.read(latents);
    if (phase == Phase.TRAIN && codebook.wantsFit()) {
      codebook.fit(z);
    }
    Assignment assignment = codebook.assign(z);
    List<Restart> restarts = phase == Phase.TRAIN ? restartDeadCodes(assignment) : List.of();
    double meanSquare = assignment.meanSquare();
    double beta = settings.commitmentCost();
    return new Quantized(
        assignment.vectors(),
        assignment.codes(),
        meanSquare,
        beta * meanSquare,
        (gradient, weight) -> {
          codebook.setGradient(codebookGradient(assignment, weight, restarts));
          return assignment.straightThrough(gradient, weight * beta);
        });
  }

  @Override
  public INDArray lookup(int[] codes) {
    return codebook.lookup(codes);
  }

  private List<Restart> restartDeadCodes(Assignment assignment) {
    usage.update(assignment.counts());
    double[] counts = usage.average();
    List<Restart> restarts = deadCodes.restarts(counts, assignment.rows(), random);
    if (!restarts.isEmpty()) {
      float[] vectors = codebook.vectors();
      for (Restart restart : restarts) {
        counts[restart.code()] = (double) assignment.rows() / codebookSize();
        System.arraycopy(
            assignment.latents(),
            restart.row() * codeDim(),
            vectors,
            restart.code() * codeDim(),
            codeDim());
      }
      usage.set(counts);
      codebook.setVectors(vectors);
    }
    return restarts;
  }

  private float[] codebookGradient(Assignment assignment, double weight, List<Restart> restarts) {
    float[] gradient = assignment.codebookGradient(weight);
    for (Restart restart : restarts) {
      int start = restart.code() * codeDim();
      Arrays.fill(gradient, start, start + codeDim(), 0);
    }
    return gradient;
  }
}
