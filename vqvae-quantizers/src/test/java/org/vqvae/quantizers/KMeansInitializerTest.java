package org.vqvae.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;
import static org.vqvae.quantizers.Given.gaussian;
import static org.vqvae.quantizers.Given.parameter;
import static org.vqvae.quantizers.Given.step;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.ParameterVector;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.random.RandomStreams;

class KMeansInitializerTest {
  private final RandomStream random = RandomStream.of(1, "k-means");

  @Test
  void seeds_are_different_latents_even_if_most_are_alike() {
    // Given 5 different latents among 100
    float[] latents = new float[100];
    IntStream.range(0, 4).forEach(i -> latents[20 * i] = i + 1);
    float[] codebook = new float[5];
    // When
    new KMeansSeeds(latents, 1).fillUnused(codebook, new float[5], random);
    // Then
    assertThat(codebook).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  @Test
  void codes_beyond_the_different_latents_stay_where_they_are() {
    float[] codebook = {7, 7, 7};
    float[] weights = new float[3];
    KMeansInitializer initializer = (KMeansInitializer) Given.kMeans(1, 3);
    initializer.fit(codebook, weights, new float[] {1, 2, 1, 2}, random);
    assertThat(codebook).containsExactlyInAnyOrder(1, 2, 7);
    assertThat(weights).containsExactlyInAnyOrder(2, 2, 0);
  }

  @Test
  void clusters_that_are_far_apart_are_found() {
    // Given four clusters
    double[] centres = {-30, -10, 10, 30};
    float[] latents = new float[400];
    for (int i = 0; i < 400; i++) {
      latents[i] = (float) (centres[i % 4] + 0.1 * random.nextGaussian());
    }
    // When
    float[] codebook = new float[4];
    Given.kMeans(1, 10).fit(codebook, new float[4], latents, random);
    // Then each code is the mean of one
    Arrays.sort(codebook);
    for (int cluster = 0; cluster < 4; cluster++) {
      int first = cluster;
      double mean =
          IntStream.range(0, 100).mapToDouble(i -> latents[4 * i + first]).average().orElseThrow();
      assertThat((double) codebook[cluster]).isCloseTo(mean, within(1e-5));
    }
  }

  @Test
  void every_batch_counts_by_its_latents() {
    // Given one code, fitted to three latents at 1
    float[] codebook = {0};
    float[] weights = {0};
    CodebookInitializer initializer = Given.kMeans(2, 5);
    initializer.fit(codebook, weights, new float[] {1, 1, 1}, random);
    // When a batch of one latent at 5 follows
    initializer.fit(codebook, weights, new float[] {5}, random);
    // Then it is the mean of all four
    assertThat(codebook).containsExactly(2);
    assertThat(weights).containsExactly(4);
  }

  @Test
  void more_iterations_never_distort_more() {
    float[] latents = FloatArrays.read(gaussian(1, 500, 4));
    double before = Double.POSITIVE_INFINITY;
    for (int iterations : new int[] {1, 2, 4, 8}) {
      float[] codebook = new float[16 * 4];
      Given.kMeans(1, iterations).fit(codebook, new float[16], latents, RandomStream.of(3, "same"));
      double distortion =
          Assignment.nearest(matrix(latents), matrix(codebook), Given.KERNELS).meanSquare();
      assertThat(distortion).isLessThan(before);
      before = distortion;
    }
  }

  private static INDArray matrix(float[] rowsOfFour) {
    return FloatArrays.of(rowsOfFour, rowsOfFour.length / 4, 4);
  }

  @Test
  void the_codebook_is_fitted_in_the_first_training_batches_only() {
    // Given
    Quantizer quantizer = Given.nearest(8, 3, 0.25, Given.kMeans(2, 3), Given.KEEP);
    INDArray drawn = parameter(quantizer, "codebook").dup();
    // When it evaluates, then nothing is fitted
    quantizer.apply(gaussian(1, 50, 3), Phase.EVAL);
    assertThatArray(parameter(quantizer, "codebook")).isEqualToArray(drawn);
    // When it trains
    step(quantizer, gaussian(2, 50, 3));
    INDArray first = parameter(quantizer, "codebook").dup();
    step(quantizer, gaussian(3, 50, 3));
    INDArray second = parameter(quantizer, "codebook").dup();
    step(quantizer, gaussian(4, 50, 3));
    // Then two batches moved it and the third did not
    assertThat(first.distance2(drawn)).isPositive();
    assertThat(second.distance2(first)).isPositive();
    assertThatArray(parameter(quantizer, "codebook")).isEqualToArray(second);
  }

  @Test
  void moving_averages_go_on_from_the_fitted_codebook() {
    // Given as many codes as points, so that the fit is the points
    INDArray points = gaussian(1, 16, 4);
    Quantizer quantizer =
        Given.ema(new Given.Ema(16, 4, 0.25, 0.99, 1e-7), Given.kMeans(1, 3), Given.KEEP);
    // When
    assertThat(step(quantizer, points).loss()).isZero();
    // Then the first update leaves it there, where a wrong start would shrink it
    assertThat(quantizer.apply(points, Phase.EVAL).loss()).isLessThan(1e-12);
  }

  @Test
  void a_resumed_run_does_not_fit_again_and_goes_on_in_the_same_bits() {
    for (int stop : new int[] {1, 2, 5}) {
      // Given a run of 8 steps, and one that stopped in between
      RandomStreams streams = new RandomStreams(1);
      Quantizer whole = ema(streams);
      ParameterVector wholeParameters = bind(whole);
      train(whole, 0, stop);
      INDArray saved = wholeParameters.values().dup();
      RandomStreams restored = new RandomStreams(1);
      restored.restore(streams.states());
      train(whole, stop, 8);
      // When the other one goes on from what was saved
      Quantizer resumed = ema(restored);
      ParameterVector resumedParameters = bind(resumed);
      resumedParameters.values().assign(saved);
      train(resumed, stop, 8);
      // Then
      assertThatArray(resumedParameters.values()).isEqualToArray(wholeParameters.values());
    }
  }

  private static Quantizer ema(RandomStreams streams) {
    return new Given.Ema(12, 3, 0.25, 0.9, 1e-5)
        .at(Scope.root(streams).child("quantizer"), Given.kMeans(2, 3), Given.restart(0.5));
  }

  private static ParameterVector bind(Quantizer quantizer) {
    ParameterVector vector = ParameterVector.allocate(quantizer.parameters(), DataType.FLOAT);
    vector.initialize(RandomStream.of(1, "initial"));
    return vector;
  }

  private static void train(Quantizer quantizer, int from, int to) {
    for (int step = from; step < to; step++) {
      INDArray latents = gaussian(step, 40, 3).addi(0.2 * step);
      step(quantizer, latents);
    }
  }
}
