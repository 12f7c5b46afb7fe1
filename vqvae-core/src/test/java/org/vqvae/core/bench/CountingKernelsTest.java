package org.vqvae.core.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.kernel.Backend;
import org.vqvae.core.kernel.Convolution;
import org.vqvae.core.kernel.ConvolutionSpec;
import org.vqvae.core.kernel.ConvolutionSpec.Epilogue;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.kernel.KernelsFactory;
import org.vqvae.core.kernel.Workers;

class CountingKernelsTest {
  private static final ConvolutionSpec HALVING =
      new ConvolutionSpec(DataType.FLOAT, 5, 8, 6, 3, 7, Window.square(4, 2, 1), Epilogue.NONE);

  private final CountingKernels kernels =
      new CountingKernels(new KernelsFactory(Backend.start()).create("native"));

  @AfterEach
  void close() {
    kernels.close();
  }

  @Test
  void a_product_takes_a_multiplication_and_an_addition_per_pair() {
    // WHEN [2, 3] times [3, 4], once more added, and with a bias
    kernels.matMul(array(2, 3), array(3, 4), array(2, 4));
    kernels.addMatMul(array(2, 3), array(3, 4), array(2, 4));
    kernels.affine(array(2, 3), array(3, 4), array(4), array(2, 4));

    // THEN
    assertThat(kernels.operations()).isEqualTo(3 * 2 * 3 * 4 * 2);
  }

  @Test
  void what_the_workers_do_counts_as_well() {
    // GIVEN
    try (Workers workers =
        new KernelsFactory(Backend.start()).workers("native", DataType.FLOAT, 3)) {
      CountingKernels first = new CountingKernels(workers.kernels(0));

      // WHEN
      Workers counting = first.workers();
      counting.run(
          5,
          (part, worker, progress) ->
              counting.kernels(worker).matMul(array(2, 3), array(3, 4), array(2, 4)));

      // THEN
      assertThat(first.operations()).isEqualTo(5 * 2 * 3 * 4 * 2);
    }
  }

  @Test
  void each_direction_of_a_convolution_counts_its_taps_once() {
    // GIVEN [5, 8, 6, 3] to [5, 4, 3, 7] with 4x4 taps
    Convolution convolution = kernels.convolution(HALVING);

    // WHEN it goes forward, and back to the weights and the data
    INDArray x = array(5, 8, 6, 3);
    INDArray w = array(4, 4, 3, 7);
    INDArray b = array(7);
    INDArray y = array(5, 4, 3, 7);
    convolution.forward(x, w, b, y);
    convolution.backwardWeights(x, y, w, b);
    convolution.backwardData(y, w, x);

    // THEN
    assertThat(kernels.operations()).isEqualTo(3 * 2 * (5 * 4 * 3) * (4 * 4) * (3 * 7));
  }

  @Test
  void a_transposed_convolution_counts_what_its_adjoint_does() {
    // GIVEN [5, 8, 6, 3] to [5, 16, 12, 7], WHEN
    kernels
        .transposedConvolution(HALVING)
        .forward(array(5, 8, 6, 3), array(4, 4, 7, 3), array(7), array(5, 16, 12, 7));

    // THEN
    assertThat(kernels.operations()).isEqualTo(2 * (5 * 8 * 6) * (4 * 4) * (3 * 7));
  }

  private static INDArray array(long... shape) {
    return Nd4j.zeros(DataType.FLOAT, shape);
  }
}
