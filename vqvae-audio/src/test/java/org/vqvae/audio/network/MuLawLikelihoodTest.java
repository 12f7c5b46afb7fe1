package org.vqvae.audio.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.audio.data.MuLaw;
import org.vqvae.core.Likelihood;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.testing.Slopes;

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
    assertThat(likelihood.nats(prediction, data)).isCloseTo(Math.log(256), within(1e-12));
  }

  @Test
  void the_only_term_of_the_loss_is_the_nats_and_the_gradient_is_their_slope() {
    // Given random logits
    INDArray prediction = Slopes.random("logits", 1, 3, 256);
    INDArray data = Nd4j.createFromArray(new float[] {-0.3f, 0, 0.8f}).reshape(1, 3, 1);
    // When
    Likelihood.Scored scored = likelihood.score(prediction, data);
    // Then
    assertThat(scored.terms()).containsExactly(Likelihood.nll(likelihood.nats(prediction, data)));
    INDArray gradient = likelihood.score(prediction, data).gradient().dup();
    new Slopes(() -> likelihood.nats(prediction, data))
        .withTolerance(1e-8, 0)
        .agreeEverywhereWith("logits", prediction, gradient);
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
