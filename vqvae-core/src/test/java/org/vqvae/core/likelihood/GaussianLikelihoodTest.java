package org.vqvae.core.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Likelihood;
import org.vqvae.core.testing.Slopes;

class GaussianLikelihoodTest {
  private final GaussianLikelihood gaussian = new GaussianLikelihood(0.25);
  private final INDArray data = Nd4j.createFromArray(0.1, -0.2, 0.3, 0.4).reshape(1, 2, 2, 1);
  private final INDArray prediction = Nd4j.createFromArray(0.0, 0.1, 0.3, -0.4).reshape(1, 2, 2, 1);

  @Test
  void nats_are_the_mean_negative_log_density() {
    // Given the density written out, value by value
    double expected = 0;
    for (int i = 0; i < 4; i++) {
      double error = data.getDouble(0, i / 2, i % 2, 0) - prediction.getDouble(0, i / 2, i % 2, 0);
      double density = Math.exp(-error * error / (2 * 0.25)) / Math.sqrt(2 * Math.PI * 0.25);
      expected -= Math.log(density) / 4;
    }
    // When
    double nats = gaussian.nats(prediction, data);
    // Then
    assertThat(nats).isCloseTo(expected, within(1e-12));
  }

  @Test
  void the_only_term_of_the_loss_is_the_nats() {
    assertThat(gaussian.score(prediction, data).terms())
        .containsExactly(Likelihood.nll(gaussian.nats(prediction, data)));
  }

  @Test
  void gradient_is_that_of_the_nats() {
    INDArray gradient = gaussian.score(prediction, data).gradient().dup();

    new Slopes(() -> gaussian.nats(prediction, data))
        .withTolerance(1e-8, 0)
        .agreeEverywhereWith("prediction", prediction, gradient);
  }

  @Test
  void scoring_leaves_prediction_and_data_as_they_were() {
    INDArray before = prediction.dup();
    INDArray dataBefore = data.dup();

    gaussian.score(prediction, data);

    assertThatArray(prediction).isEqualToArray(before);
    assertThatArray(data).isEqualToArray(dataBefore);
  }

  @Test
  void twice_the_nats_at_data_variance_is_the_notebooks_but_for_a_constant() {
    double mse = 0.003;
    double constant = Math.log(2 * Math.PI * 0.25);

    assertThat(2 * gaussian.nats(mse)).isCloseTo(mse / 0.25 + constant, within(1e-12));
  }

  @Test
  void calibrated_to_an_error_no_other_variance_makes_it_likelier() {
    // Given
    double mse = 0.01;
    GaussianLikelihood calibrated = gaussian.calibrated(mse);
    // Then
    assertThat(calibrated.nats(mse)).isLessThan(new GaussianLikelihood(0.011).nats(mse));
    assertThat(calibrated.nats(mse)).isLessThan(new GaussianLikelihood(0.009).nats(mse));
  }

  @Test
  void its_figure_is_the_variance() {
    assertThat(gaussian.figures()).containsOnlyKeys("variance").containsEntry("variance", 0.25);
  }

  @Test
  void the_mean_is_a_float_copy_of_the_prediction() {
    INDArray mean = gaussian.mean(prediction);

    assertThatArray(mean).isCloseTo(prediction.castTo(DataType.FLOAT), 0);
    assertThat(mean).isNotSameAs(prediction);
  }

  @Test
  void a_variance_that_is_not_positive_is_refused() {
    assertThatThrownBy(() -> new GaussianLikelihood(0))
        .hasMessage("variance must be positive but was 0.0");
    assertThatThrownBy(() -> new GaussianLikelihood(Double.NaN))
        .hasMessage("variance must be positive but was NaN");
  }
}
