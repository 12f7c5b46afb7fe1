package org.vqvae.audio.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.audio.data.MuLaw;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.random.RandomStream;

class MuLawLikelihoodTest {
  private final MuLawLikelihood likelihood = new MuLawLikelihood(new NativeKernels());

  @Test
  void every_level_is_the_code_of_its_own_sample() {
    for (int code = 0; code < MuLaw.CODES; code++) {
      assertThat(MuLaw.encode(MuLaw.decode(code))).isEqualTo(code);
    }
    assertThat(MuLaw.decode(0)).isEqualTo(-1);
    assertThat(MuLaw.decode(255)).isEqualTo(1);
    assertThat(MuLaw.encode(7f)).isEqualTo(255);
  }

  @Test
  void logits_that_know_nothing_cost_the_logarithm_of_256() {
    INDArray prediction = Nd4j.zeros(DataType.DOUBLE, 1, 5, 256);
    INDArray data = Nd4j.linspace(-1, 1, 5, DataType.FLOAT).reshape(1, 5, 1);
    assertThat(likelihood.loss(prediction, data, prediction.like()))
        .isCloseTo(Math.log(256), within(1e-12));
  }

  @Test
  void the_gradient_is_the_slope_of_the_loss() {
    // Given random logits
    RandomStream random = RandomStream.of(1, "logits");
    INDArray prediction = Nd4j.create(DataType.DOUBLE, 1, 3, 256);
    for (int i = 0; i < 3 * 256; i++) {
      prediction.putScalar(0, i / 256, i % 256, random.nextGaussian());
    }
    INDArray data = Nd4j.createFromArray(new float[] {-0.3f, 0, 0.8f}).reshape(1, 3, 1);
    INDArray gradient = prediction.like();
    likelihood.loss(prediction, data, gradient);
    for (int i = 0; i < 3 * 256; i += 31) {
      // When one of them moves
      INDArray right = prediction.dup();
      INDArray left = prediction.dup();
      right.putScalar(0, i / 256, i % 256, prediction.getDouble(0, i / 256, i % 256) + 1e-5);
      left.putScalar(0, i / 256, i % 256, prediction.getDouble(0, i / 256, i % 256) - 1e-5);
      double slope =
          (likelihood.loss(right, data, right.like()) - likelihood.loss(left, data, left.like()))
              / 2e-5;
      // Then the loss moves by the gradient
      assertThat(gradient.getDouble(0, i / 256, i % 256)).isCloseTo(slope, within(1e-8));
    }
  }

  @Test
  void logits_that_are_sure_of_a_level_expect_its_sample() {
    INDArray prediction = Nd4j.zeros(DataType.FLOAT, 1, 2, 256);
    prediction.putScalar(0, 0, 40, 60);
    prediction.putScalar(0, 1, 200, 60);
    INDArray mean = likelihood.mean(prediction);
    assertThat(mean.shape()).containsExactly(1, 2, 1);
    assertThat(mean.getDouble(0, 0, 0)).isCloseTo(MuLaw.decode(40), within(1e-6));
    assertThat(mean.getDouble(0, 1, 0)).isCloseTo(MuLaw.decode(200), within(1e-6));
  }
}
