package org.vqvae.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Medium;
import org.vqvae.core.Term;
import org.vqvae.core.Unit;
import org.vqvae.core.likelihood.GaussianLikelihood;

class BoundTest {

  @Test
  void is_8_bits_for_a_uniform_density_over_all_bytes() {
    // Given the density 1 / (256 / 255) over an interval with room for 256 levels
    double nats = Math.log(256.0 / 255);

    // Then
    assertThat(Bound.distortion(nats, 255)).isCloseTo(8, within(1e-12));
  }

  @Test
  void asks_the_medium_for_the_levels_of_a_density() {
    assertThat(Bound.levels(new GaussianLikelihood(1), new Medium("series", 100))).isEqualTo(100);
  }

  @Test
  void spreads_the_codes_over_the_values() {
    // Given 64 codes of 9 bits for 32 x 32 x 3 values
    assertThat(Bound.rate(64 * 9, 3072)).isEqualTo(0.1875);
    assertThat(new Bound(2, 0.1875).total()).isEqualTo(2.1875);
  }

  @Test
  void counts_all_terms_in_nats_per_value_but_the_likelihood_as_rate_of_latents() {
    // Given a KL divergence of 2 ln 2 nats, whatever its weight, and a penalty of no unit
    List<Term> terms =
        List.of(
            Likelihood.nll(-3),
            new Term("kl", Unit.NATS_PER_VALUE, 2 * Math.log(2), 0.1),
            new Term("penalty", Unit.PENALTY, 7, 1));

    // Then
    assertThat(Bound.latentsRate(terms)).isCloseTo(2, within(1e-12));
  }

  @Test
  void is_the_negative_elbo_in_bits() {
    // Given an example of 10 values of 3 bits each
    assertThat(new Bound(1, 2).elbo(10)).isCloseTo(-30 * Math.log(2), within(1e-12));
  }
}
