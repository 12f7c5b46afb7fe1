package org.vqvae.quantizers;

import jakarta.inject.Inject;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.random.RandomStream;

/**
 * A codebook fitted to the latents of the first training batches by k-means.
 *
 * <p>Seeds are drawn with a chance proportional to the squared distance from the codes so far
 * (k-means++: Arthur and Vassilvitskii 2007), so that no latent is drawn twice; Lloyd's iterations
 * (Lloyd 1982) follow. In every batch after the first, each code counts as the latents that it
 * already stands for, and codes that stand for none are seeded again (as in the streaming k-means
 * of Guha et al. 2003): nothing but the codebook and its weights is kept between batches. If a
 * batch has fewer different latents than there are codes to seed, the rest stay where they are.
 * Until the first batch the codebook is that of {@link UniformInitializer}.
 */
public final class KMeansInitializer implements CodebookInitializer {
  private final Settings settings;
  private final Kernels kernels;

  /**
   * Its settings.
   *
   * @param batches how many of the first training batches the codebook is fitted to
   * @param iterations Lloyd's iterations for each
   */
  public record Settings(int batches, int iterations) {
    static Settings read(ConfigReader in) {
      return new Settings(in.integer("batches").atLeast(1), in.integer("iterations").atLeast(1));
    }
  }

  @Inject
  public KMeansInitializer(Settings settings, Kernels kernels) {
    this.settings = settings;
    this.kernels = kernels;
  }

  @Override
  public float[] draw(int codebookSize, int codeDim, RandomStream random) {
    return new UniformInitializer().draw(codebookSize, codeDim, random);
  }

  @Override
  public int batches() {
    return settings.batches();
  }

  @Override
  public void fit(float[] codebook, float[] weights, float[] latents, RandomStream random) {
    int dim = codebook.length / weights.length;
    new KMeansSeeds(latents, dim).fillUnused(codebook, weights, random);
    float[] anchors = codebook.clone();
    INDArray rows = FloatArrays.of(latents, latents.length / dim, dim);
    Assignment assignment = assign(rows, codebook, dim);
    moveToMeans(codebook, anchors, weights, assignment);
    for (int i = 1; i < settings.iterations(); i++) {
      assignment = assign(rows, codebook, dim);
      moveToMeans(codebook, anchors, weights, assignment);
    }
    double[] counts = assignment.counts();
    for (int code = 0; code < weights.length; code++) {
      weights[code] += (float) counts[code];
    }
  }

  private Assignment assign(INDArray latents, float[] codebook, int dim) {
    INDArray vectors = FloatArrays.of(codebook, codebook.length / dim, dim);
    return Assignment.nearest(latents, vectors, kernels);
  }

  /**
   * Each code becomes the mean of its latents and of what it stood for before; one without either
   * stays.
   */
  private static void moveToMeans(
      float[] codebook, float[] anchors, float[] weights, Assignment assignment) {
    double[] counts = assignment.counts();
    double[] sums = assignment.sums();
    int dim = codebook.length / weights.length;
    for (int i = 0; i < codebook.length; i++) {
      double weight = weights[i / dim];
      double total = weight + counts[i / dim];
      if (total > 0) {
        codebook[i] = (float) ((weight * anchors[i] + sums[i]) / total);
      }
    }
  }
}
