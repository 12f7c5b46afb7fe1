package org.vqvae.core.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LbfgsTest {

  @Test
  void finds_the_bottom_of_a_long_valley() {
    // Given a quadratic whose curvatures are a thousandfold apart
    Lbfgs.Function valley =
        (x, gradient) -> {
          gradient[0] = 1000 * (x[0] - 1);
          gradient[1] = x[1] + 2;
          return 500 * (x[0] - 1) * (x[0] - 1) + 0.5 * (x[1] + 2) * (x[1] + 2);
        };
    // When
    double[] bottom = Lbfgs.minimize(valley, new double[2], 50);
    // Then
    assertThat(bottom[0]).isCloseTo(1, within(1e-6));
    assertThat(bottom[1]).isCloseTo(-2, within(1e-5));
  }

  @Test
  void follows_rosenbrocks_curved_valley() {
    Lbfgs.Function rosenbrock =
        (x, gradient) -> {
          double across = x[1] - x[0] * x[0];
          gradient[0] = -400 * x[0] * across - 2 * (1 - x[0]);
          gradient[1] = 200 * across;
          return 100 * across * across + (1 - x[0]) * (1 - x[0]);
        };
    double[] bottom = Lbfgs.minimize(rosenbrock, new double[] {-1.2, 1}, 100);
    assertThat(bottom[0]).isCloseTo(1, within(1e-5));
    assertThat(bottom[1]).isCloseTo(1, within(1e-5));
  }
}
