package org.vqvae.quantizers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.random.RandomStream;

/**
 * K vectors of D values: where they are kept, how they start and how the nearest is found.
 *
 * <p>How far the first fit to latents has come is state like the vectors themselves, so a run that
 * is resumed never starts its codebook again.
 */
final class Codebook {
  private final int size;
  private final int dim;
  private final CodebookInitializer initializer;
  private final RandomStream random;
  private final Kernels kernels;
  private final Parameter vectors;
  private final Parameter fittedBatches;
  private final Parameter fittedWeights;

  private Codebook(
      Parameter vectors, CodebookInitializer initializer, Kernels kernels, Scope scope) {
    this.size = (int) vectors.shape()[0];
    this.dim = (int) vectors.shape()[1];
    this.initializer = initializer;
    this.random = scope.random("codebook-init");
    this.kernels = kernels;
    this.vectors = vectors;
    this.fittedBatches = scope.state("codebook-fit/batches", (value, r) -> value.assign(0), 1);
    this.fittedWeights = scope.state("codebook-fit/weights", (value, r) -> value.assign(0), size);
  }

  /** A codebook that the optimizer moves. */
  static Codebook learned(
      int size, int dim, CodebookInitializer initializer, Kernels kernels, Scope scope) {
    return new Codebook(
        scope.learned("codebook", filler(size, dim, initializer), size, dim),
        initializer,
        kernels,
        scope);
  }

  /** A codebook that the quantizer moves itself. */
  static Codebook state(
      int size, int dim, CodebookInitializer initializer, Kernels kernels, Scope scope) {
    return new Codebook(
        scope.state("codebook", filler(size, dim, initializer), size, dim),
        initializer,
        kernels,
        scope);
  }

  private static Parameter.Initializer filler(int size, int dim, CodebookInitializer initializer) {
    return (value, random) -> FloatArrays.write(initializer.draw(size, dim, random), value);
  }

  /** The vectors, and the state of their first fit if the initializer makes one. */
  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(List.of(vectors));
    if (initializer.batches() > 0) {
      parameters.addAll(List.of(fittedBatches, fittedWeights));
    }
    return parameters;
  }

  int size() {
    return size;
  }

  int dim() {
    return dim;
  }

  /** The vectors, K rows of D; a copy. */
  float[] vectors() {
    return FloatArrays.read(vectors.value());
  }

  void setVectors(float[] values) {
    FloatArrays.write(values, vectors.value());
  }

  void setGradient(float[] values) {
    FloatArrays.write(values, vectors.gradient());
  }

  /** Whether the next training batch is still one that the initializer wants to see. */
  boolean wantsFit() {
    return initializer.batches() > 0 && batchesSeen() < initializer.batches();
  }

  /**
   * Lets the initializer fit the vectors to a training batch.
   *
   * @param latents {@code [M, D]}
   * @return how many latents of a batch each code stands for, on average over the batches fitted so
   *     far
   */
  double[] fit(INDArray latents) {
    float[] values = vectors();
    float[] weights = FloatArrays.read(fittedWeights.value());
    initializer.fit(values, weights, FloatArrays.read(latents), random);
    setVectors(values);
    FloatArrays.write(weights, fittedWeights.value());
    float batches = batchesSeen() + 1;
    FloatArrays.write(new float[] {batches}, fittedBatches.value());
    double[] perBatch = new double[size];
    Arrays.setAll(perBatch, code -> weights[code] / batches);
    return perBatch;
  }

  private float batchesSeen() {
    return FloatArrays.read(fittedBatches.value())[0];
  }

  /**
   * Chooses the nearest code for each latent (van den Oord et al. 2017, eq. 1).
   *
   * @param latents {@code [M, D]}; read until the step ends
   */
  Assignment assign(INDArray latents) {
    return Assignment.nearest(latents, vectors.value(), kernels);
  }

  /**
   * The vectors of these codes.
   *
   * @param depth 1: of this codebook alone
   * @return {@code [M, D]}, a new array
   */
  INDArray lookup(int[] codes, int depth) {
    if (depth != 1) {
      throw new IncompatibleException(
          "depth: there is one codebook, so expected 1 but was " + depth);
    }
    INDArray rows = Nd4j.createUninitialized(DataType.FLOAT, codes.length, dim);
    kernels.gatherRows(vectors.value(), codes, rows);
    return rows;
  }

  /** Latents as M rows of D. */
  INDArray rowsOf(INDArray latents) {
    return LatentRows.matrix(latents, dim, "code-dim");
  }
}
