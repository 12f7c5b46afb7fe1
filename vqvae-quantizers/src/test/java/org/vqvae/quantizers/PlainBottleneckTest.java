package org.vqvae.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;
import static org.vqvae.quantizers.Given.gaussian;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Bottled;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.testing.BottleneckContract;

class PlainBottleneckTest {

  private static Bottleneck plain() {
    return new PlainBottleneck(new PlainBottleneck.Settings(3));
  }

  @Nested
  class Is_a_bottleneck extends BottleneckContract {
    @Override
    protected Bottleneck create(Scope scope) {
      return plain();
    }
  }

  @Test
  void values_are_the_latents_and_cost_nothing() {
    INDArray latents = gaussian(1, 12, 3);
    Bottled result = plain().apply(latents.reshape(3, 4, 3), Phase.TRAIN);
    assertThatArray(result.values()).isEqualToArray(latents);
    assertThat(result.terms()).isEmpty();
    assertThat(result.codes()).isEmpty();
  }
}
