package org.vqvae.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.random.RandomStream;

class NearestRowsTest {
  private final NearestRows search = new NearestRows(new NativeKernels());
  private final RandomStream random = RandomStream.of(1, "search");

  @ParameterizedTest
  @CsvSource({"2048, 64, 512", "1, 1, 1", "7, 3, 2", "1000, 5, 3000", "5, 130, 17"})
  void agrees_with_squared_differences_in_double(int rows, int dim, int size) {
    float[] latents = gaussian(rows * dim, 1, 0);
    float[] codebook = gaussian(size * dim, 1, 0);
    assertThat(nearest(search, latents, codebook, dim))
        .isEqualTo(byDifferences(latents, codebook, dim));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e2, 1e4, 1e6})
  void agrees_however_far_from_zero_the_latents_and_codes_are(double offset) {
    float[] latents = gaussian(500 * 16, 1, offset);
    float[] codebook = gaussian(64 * 16, 1, offset);
    assertThat(nearest(search, latents, codebook, 16))
        .isEqualTo(byDifferences(latents, codebook, 16));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1e-3, 1e3, 1e6})
  void agrees_however_large_the_latents_are_against_the_codes(double scale) {
    float[] latents = gaussian(500 * 16, scale, 0);
    float[] codebook = gaussian(64 * 16, 1, 0);
    assertThat(nearest(search, latents, codebook, 16))
        .isEqualTo(byDifferences(latents, codebook, 16));
  }

  @Test
  void takes_the_lowest_code_on_ties() {
    // Given codes on a grid of whole numbers, and latents half way between two or four of them
    float[] codebook = new float[2 * 64];
    float[] latents = new float[2 * 15 * 15];
    for (int i = 0; i < 64; i++) {
      codebook[2 * i] = i % 8;
      codebook[2 * i + 1] = (float) Math.floorDiv(i, 8);
    }
    for (int i = 0; i < 15 * 15; i++) {
      latents[2 * i] = i % 15 / 2f;
      latents[2 * i + 1] = Math.floorDiv(i, 15) / 2f;
    }
    // When
    int[] codes = nearest(search, latents, codebook, 2);
    // Then
    assertThat(codes).isEqualTo(byDifferences(latents, codebook, 2));
    assertThat(codes[1]).isZero();
    assertThat(codes[2]).isEqualTo(1);
  }

  @Test
  void a_copy_of_an_earlier_code_is_never_chosen_nor_looked_at() {
    // Given 500 codes of which 497 are alike
    float[] latents = gaussian(200 * 8, 0.1, 0);
    float[] codebook = new float[500 * 8];
    System.arraycopy(gaussian(3 * 8, 0.1, 0), 0, codebook, 40 * 8, 3 * 8);
    // When
    int[] codes = nearest(search, latents, codebook, 8);
    // Then
    assertThat(codes).containsOnly(0, 40, 41, 42);
    assertThat(search.decidedExactly()).isLessThan(20);
  }

  /** Of eight members some have no latents at all. */
  @ParameterizedTest
  @CsvSource({"2, 2048, 64, 512", "3, 1000, 5, 3000", "8, 7, 3, 2", "3, 1, 1, 1", "8, 3000, 64, 3"})
  void codes_do_not_depend_on_how_many_share_the_latents(int members, int rows, int dim, int size) {
    // Given so many workers, and latents of which every other is half way between two codes
    float[] codebook = gaussian(size * dim, 1, 0);
    float[] latents = gaussian(rows * dim, 1, 0);
    for (int i = 0; i < latents.length; i++) {
      if (i / dim % 2 == 0) {
        latents[i] = (codebook[i % dim] + codebook[(size - 1) * dim + i % dim]) / 2;
      }
    }
    try (Workers workers =
        new KernelsFactory(Backend.start()).workers("native", DataType.FLOAT, members)) {
      NearestRows shared = new NearestRows(workers.kernels(0));
      // When, then
      assertThat(nearest(shared, latents, codebook, dim))
          .isEqualTo(byDifferences(latents, codebook, dim));
      nearest(search, latents, codebook, dim);
      assertThat(shared.decidedExactly()).isEqualTo(search.decidedExactly());
    }
  }

  @Test
  void codes_do_not_depend_on_who_multiplies() {
    float[] latents = gaussian(1000 * 8, 1, 10);
    float[] codebook = gaussian(600 * 8, 1, 10);
    int[] codes = nearest(search, latents, codebook, 8);
    try (Kernels fastest = new KernelsFactory(Backend.start()).create("auto")) {
      assertThat(nearest(new NearestRows(fastest), latents, codebook, 8)).isEqualTo(codes);
    }
  }

  @Test
  void few_latents_are_too_close_to_call() {
    nearest(search, gaussian(2048 * 64, 1, 0), gaussian(512 * 64, 1, 0), 64);
    assertThat(search.decidedExactly()).isBetween(0L, 20L);
  }

  @Test
  void a_latent_that_is_not_a_number_gets_code_0_and_disturbs_no_other() {
    float[] latents = {0.9f, Float.NaN, -0.9f, Float.POSITIVE_INFINITY};
    assertThat(nearest(search, latents, new float[] {-1, 0, 1}, 1)).containsExactly(2, 0, 0, 0);
  }

  @Test
  void an_infinite_latent_gets_code_0() {
    float[] latents = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    assertThat(nearest(search, latents, gaussian(100, 1, 0), 1)).containsExactly(0, 0);
  }

  @Test
  void codes_whose_squares_overflow_in_float_are_told_apart() {
    // Given 66 codes, which do not fill their last group, the last two the nearest to zero
    float[] codebook = new float[66];
    for (int i = 0; i < 66; i++) {
      codebook[i] = (i % 2 == 0 ? 1e20f : -1e20f) * (1 + Math.floorDiv(65 - i, 2) / 100f);
    }
    float[] latents = {0, -3e20f, 1.7e38f};
    // When, then
    assertThat(nearest(search, latents, codebook, 1))
        .isEqualTo(byDifferences(latents, codebook, 1));
    assertThat(nearest(search, latents, codebook, 1)[0]).isEqualTo(64);
  }

  private static int[] nearest(NearestRows search, float[] latents, float[] codebook, int dim) {
    return search.of(matrix(latents, dim), matrix(codebook, dim));
  }

  private static INDArray matrix(float[] values, int dim) {
    return FloatArrays.of(values, values.length / dim, dim);
  }

  private float[] gaussian(int length, double scale, double offset) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (offset + scale * random.nextGaussian());
    }
    return values;
  }

  private static int[] byDifferences(float[] latents, float[] codebook, int dim) {
    int[] codes = new int[latents.length / dim];
    for (int row = 0; row < codes.length; row++) {
      double lowest = Double.POSITIVE_INFINITY;
      for (int code = 0; code < codebook.length / dim; code++) {
        double sum = 0;
        for (int d = 0; d < dim; d++) {
          double difference = (double) latents[row * dim + d] - codebook[code * dim + d];
          sum += difference * difference;
        }
        if (sum < lowest) {
          lowest = sum;
          codes[row] = code;
        }
      }
    }
    return codes;
  }
}
