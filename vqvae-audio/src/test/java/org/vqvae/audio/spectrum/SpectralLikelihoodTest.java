package org.vqvae.audio.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.audio.Sounds;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Term;
import org.vqvae.core.Unit;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.likelihood.GaussianLikelihood;
import org.vqvae.core.testing.Slopes;

class SpectralLikelihoodTest {
  private static final int SAMPLES = 96;

  private final SpectralLoss loss = new SpectralLoss(new NativeKernels(), List.of(32, 8));
  private final GaussianLikelihood gaussian = new GaussianLikelihood(0.25);
  private final SpectralLikelihood likelihood = new SpectralLikelihood(gaussian, loss, 0.7);
  private final INDArray data = sounds("data");
  private final INDArray prediction = sounds("prediction");

  @Test
  void gradient_is_the_slope_of_nats_and_penalty_together() {
    INDArray gradient = likelihood.score(prediction, data).gradient().dup();

    new Slopes(() -> total(likelihood.score(prediction, data)))
        .withStep(1e-6)
        .withTolerance(1e-7, 0)
        .agreeEverywhereWith("prediction", prediction, gradient);
  }

  private static double total(Likelihood.Scored scored) {
    return scored.terms().stream().mapToDouble(Term::weighted).sum();
  }

  @Test
  void distance_is_the_formula_written_out() {
    // GIVEN one window that fits a single frame of each sound
    INDArray x = Nd4j.createFromArray(0.3, -0.1, 0.7, 0.2).reshape(1, 4, 1);
    INDArray y = Nd4j.createFromArray(0.1, 0.5, -0.4, 0.2).reshape(1, 4, 1);
    // WHEN
    double distance = new SpectralLoss(new NativeKernels(), List.of(4)).distance(x, y, 1, x.like());
    // THEN Hann weights are 0, 1/2, 1, 1/2, the energy of which is 3/2
    double expected = 0;
    for (int k = 0; k < 3; k++) {
      double a = magnitude(x, k);
      double b = magnitude(y, k);
      expected += (Math.abs(a - b) + Math.abs(Math.log(a / b))) / 3;
    }
    assertThat(distance).isCloseTo(expected, within(1e-12));
  }

  private static double magnitude(INDArray sound, int k) {
    double[] weights = {0, 0.5, 1, 0.5};
    double re = 0;
    double im = 0;
    for (int i = 0; i < 4; i++) {
      re += weights[i] * sound.getDouble(0, i, 0) * Math.cos(Math.PI * i * k / 2);
      im += weights[i] * sound.getDouble(0, i, 0) * Math.sin(Math.PI * i * k / 2);
    }
    return Math.sqrt((re * re + im * im) / 1.5 + 1e-6);
  }

  @Test
  void a_sound_is_at_no_distance_from_itself() {
    INDArray gradient = data.like();

    assertThat(loss.distance(data.dup(), data, 1, gradient)).isZero();
    assertThatArray(gradient).isCloseTo(data.like(), 0);
  }

  @Test
  void the_penalty_is_a_term_of_its_own_and_in_no_nats() {
    double distance = loss.distance(prediction, data, 1, prediction.like());

    assertThat(likelihood.score(prediction, data).terms())
        .containsExactly(
            Likelihood.nll(gaussian.nats(prediction, data)),
            new Term("penalty", Unit.PENALTY, 0.7 * distance, 1));
    assertThat(likelihood.nats(prediction, data)).isEqualTo(gaussian.nats(prediction, data));
    assertThat(likelihood.calibrated(0.1)).isInstanceOf(GaussianLikelihood.class);
    assertThat(likelihood.figures()).isEqualTo(gaussian.figures());
  }

  @Test
  void floats_agree_with_doubles() {
    INDArray gradient = prediction.like();
    double distance = loss.distance(prediction, data, 0.7, gradient);
    INDArray asFloats = Nd4j.zeros(DataType.FLOAT, prediction.shape());

    double floatDistance =
        loss.distance(
            prediction.castTo(DataType.FLOAT), data.castTo(DataType.FLOAT), 0.7, asFloats);

    assertThat(floatDistance).isCloseTo(distance, within(1e-5));
    assertThatArray(asFloats).isCloseTo(gradient.castTo(DataType.FLOAT), 1e-5);
  }

  @Test
  void windows_that_do_not_fit_are_refused() {
    SpectralLoss wide = new SpectralLoss(new NativeKernels(), List.of(64, 128));

    assertThatThrownBy(() -> wide.distance(prediction, data, 1, prediction.ulike()))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("[64, 128]")
        .hasMessageContaining("96 samples");
    assertThatThrownBy(() -> new SpectralLoss(new NativeKernels(), List.of(100)))
        .hasMessageContaining("powers of two");
  }

  @Test
  void data_that_it_cannot_compare_is_refused_before_training() {
    DataSpec features = Sounds.spec(96, 8000, List.of()).ofFeatures(new Grid(96), 2);

    assertThatThrownBy(() -> likelihood.checkTrains(features))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("compares mono sound, but the data has grid 96 and 2 channels");
    assertThatThrownBy(() -> likelihood.checkTrains(Sounds.spec(31, 8000, List.of())))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("[32, 8]");
  }

  private static INDArray sounds(String name) {
    float[] noise = Tones.noise(name, 0.5, 2 * SAMPLES);
    return Nd4j.createFromArray(noise).castTo(DataType.DOUBLE).reshape(2, SAMPLES, 1);
  }
}
