package org.vqvae.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;
import static org.vqvae.quantizers.Given.array;
import static org.vqvae.quantizers.Given.gaussian;
import static org.vqvae.quantizers.Given.row;
import static org.vqvae.quantizers.Given.scope;
import static org.vqvae.quantizers.Given.term;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Bottled;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.Statistics;
import org.vqvae.core.Unit;
import org.vqvae.core.random.RandomStream;
import org.vqvae.core.testing.BottleneckContract;

class GaussianBottleneckTest {

  private static GaussianBottleneck gaussianOf(
      int dim, double klWeight, int warmUp, double freeNats) {
    return gaussianOf(scope(1), dim, klWeight, warmUp, freeNats);
  }

  private static GaussianBottleneck gaussianOf(
      Scope scope, int dim, double klWeight, int warmUp, double freeNats) {
    return new GaussianBottleneck(
        new GaussianBottleneck.Settings(dim, klWeight, warmUp, freeNats), scope);
  }

  @Nested
  class Plain extends BottleneckContract {
    @Override
    protected Bottleneck create(Scope scope) {
      return gaussianOf(scope, 3, 1, 0, 0);
    }
  }

  @Nested
  class WeightedAndWarmingUp extends BottleneckContract {
    @Override
    protected Bottleneck create(Scope scope) {
      return gaussianOf(scope, 3, 0.5, 20, 0);
    }
  }

  @Nested
  class WithFreeBits extends BottleneckContract {
    /** No KL of the latents of the contract is within .04 of .8, where the slope changes. */
    @Override
    protected Bottleneck create(Scope scope) {
      return gaussianOf(scope, 3, 1, 0, 0.8);
    }
  }

  @Test
  void kl_is_that_of_the_formula_summed_over_dimensions_and_averaged_over_latents() {
    // Given means and behind them log-variances
    INDArray latents = array(row(1, -2, 0, Math.log(4)), row(0, 0, 0, 0));
    // When
    Bottled result = gaussianOf(2, 1, 0, 0).apply(latents, Phase.EVAL);
    // Then 1/2 (mu^2 + sigma^2 - 1 - ln sigma^2)
    double first = (1 + 1 - 1 - 0) / 2.0 + (4 + 4 - 1 - Math.log(4)) / 2;
    assertThat(term(result, "kl")).isCloseTo(first / 2, within(1e-6));
    assertThat(result.terms().get(0).unit()).isEqualTo(Unit.NATS_PER_LATENT);
  }

  @Test
  void analytic_kl_equals_a_monte_carlo_one_within_three_standard_errors() {
    // Given one posterior many times
    double[] mean = {0.7, -1.2};
    double[] logVariance = {-0.8, 0.5};
    int rows = 100_000;
    INDArray one = array(row(mean[0], mean[1], logVariance[0], logVariance[1]));
    Bottled result = gaussianOf(2, 1, 0, 0).apply(Nd4j.tile(one, rows, 1), Phase.TRAIN);
    // When ln q(z) - ln p(z) is averaged over draws
    double sum = 0;
    double squares = 0;
    for (double[] z : result.values().toDoubleMatrix()) {
      double ratio = 0;
      for (int d = 0; d < 2; d++) {
        double standard = (z[d] - mean[d]) / Math.exp(logVariance[d] / 2);
        ratio += (z[d] * z[d] - standard * standard - logVariance[d]) / 2;
      }
      sum += ratio;
      squares += ratio * ratio;
    }
    // Then
    double average = sum / rows;
    double standardError = Math.sqrt((squares / rows - average * average) / rows);
    assertThat(standardError).isLessThan(0.01);
    assertThat(term(result, "kl")).isCloseTo(average, within(3 * standardError));
  }

  @Test
  void training_draws_and_evaluation_gives_the_mean() {
    INDArray latents = array(row(3, -1, 0, -2), row(1, 2, 1, 0));
    GaussianBottleneck bottleneck = gaussianOf(2, 1, 0, 0);
    INDArray means = array(row(3, -1), row(1, 2));
    assertThatArray(bottleneck.apply(latents, Phase.EVAL).values()).isEqualToArray(means);
    INDArray drawn = bottleneck.apply(latents, Phase.train(1, 0)).values();
    assertThat(drawn.distance2(means)).isPositive();
    assertThat(bottleneck.apply(latents, Phase.train(2, 0)).values().distance2(drawn)).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "25, 0.5", "50, 1", "99, 1.98", "100, 2", "5000, 2"})
  void the_weight_of_the_kl_grows_linearly_until_it_is_warm(long step, double weight) {
    Bottled result = gaussianOf(2, 2, 100, 0).apply(gaussian(1, 5, 4), Phase.train(step, 0));
    assertThat(result.terms().get(0).weight()).isCloseTo(weight, within(1e-12));
  }

  @Test
  void evaluation_weights_the_kl_in_full() {
    Bottled result = gaussianOf(2, 2, 100, 0).apply(gaussian(1, 5, 4), Phase.EVAL);
    assertThat(result.terms().get(0).weight()).isEqualTo(2);
  }

  @Test
  void a_dimension_below_the_free_nats_costs_them_and_has_no_gradient() {
    // Given a dimension of KL .02 and one of KL 2
    INDArray latents = array(row(.2, 2, 0, 0));
    Bottled result = gaussianOf(2, 1, 0, 0.5).apply(latents, Phase.TRAIN);
    // Then
    assertThat(term(result, "kl")).isCloseTo(0.5 + 2, within(1e-6));
    assertThatArray(result.pullback().apply(Nd4j.zeros(DataType.FLOAT, 1, 2), 1))
        .isCloseTo(array(row(0, 2, 0, 0)), 1e-6);
  }

  @Test
  void evaluation_states_the_kl_without_free_nats() {
    Bottled result = gaussianOf(2, 1, 0, 0.5).apply(array(row(.2, 2, 0, 0)), Phase.EVAL);
    assertThat(term(result, "kl")).isCloseTo(0.02 + 2, within(1e-6));
  }

  @Test
  void a_unit_is_active_if_its_mean_varies_by_more_than_a_hundredth() {
    // Given means of variance 4, 0 around 5, .0121 and .0081
    GaussianBottleneck bottleneck = gaussianOf(4, 1, 0, 0);
    INDArray one = array(row(2, 5, .11, .09, 0, 0, 0, 0));
    INDArray other = array(row(-2, 5, -.11, -.09, 0, 0, 0, 0));
    // When
    Statistics set =
        bottleneck
            .apply(one, Phase.EVAL)
            .statistics()
            .plus(bottleneck.apply(other, Phase.EVAL).statistics());
    // Then
    double kl = (4 + 25 + .0121 + .0081) / 2;
    Map<String, Double> figures = bottleneck.figures(set);
    assertThat(figures).containsOnlyKeys("active-units", "kl-nats");
    assertThat(figures.get("active-units")).isEqualTo(2);
    assertThat(figures.get("kl-nats")).isCloseTo(kl, within(1e-5));
  }

  @Test
  void training_leaves_no_statistics_and_without_any_there_are_no_figures() {
    GaussianBottleneck bottleneck = gaussianOf(2, 1, 0, 0);
    Statistics none = bottleneck.apply(gaussian(1, 5, 4), Phase.TRAIN).statistics();
    assertThat(none).isSameAs(Statistics.NONE);
    assertThat(bottleneck.figures(none)).isEmpty();
  }

  @Test
  void draws_are_standard_normal_and_follow_from_the_stream() {
    GaussianBottleneck bottleneck = gaussianOf(5, 1, 0, 0);
    INDArray drawn = bottleneck.draw(4000, RandomStream.of(1, "draw"));
    assertThatArray(drawn).hasShape(4000, 5);
    assertThat(drawn.meanNumber().doubleValue()).isCloseTo(0, within(3 / Math.sqrt(20_000)));
    assertThat(drawn.varNumber().doubleValue()).isCloseTo(1, within(3 * Math.sqrt(2 / 20_000.0)));
    assertThatArray(bottleneck.draw(4000, RandomStream.of(1, "draw"))).isEqualToArray(drawn);
  }

  @Test
  void latents_that_are_not_means_and_log_variances_are_refused() {
    assertThatThrownBy(() -> gaussianOf(2, 1, 0, 0).apply(gaussian(1, 5, 2), Phase.EVAL))
        .hasMessage(
            "latents: expected [N, ..., 4] (2 x latent-dim: means, log-variances) but was [5, 2]");
  }
}
