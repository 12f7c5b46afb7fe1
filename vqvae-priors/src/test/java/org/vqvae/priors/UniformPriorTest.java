package org.vqvae.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Conditions;
import org.vqvae.core.Grid;
import org.vqvae.core.Phase;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.kernel.NativeKernels;
import org.vqvae.core.nn.CodeLoss;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.nn.PriorNetwork.CodeStream;
import org.vqvae.core.random.RandomStreams;
import org.vqvae.core.testing.PriorContract;

class UniformPriorTest extends PriorContract {
  private static final CodeShape TWO_MAPS =
      new CodeShape(
          List.of(
              new CodeMap("top", new Grid(1), List.of(512)),
              new CodeMap("bottom", new Grid(2), List.of(64, 8))));

  @Override
  protected Prior prior(Kernels kernels) {
    return new UniformPrior();
  }

  @Override
  protected boolean looksBack() {
    return false;
  }

  @Override
  protected boolean conditional() {
    return false;
  }

  @Override
  protected boolean severalCodebooks() {
    return true;
  }

  @Test
  void every_code_costs_the_logarithm_of_its_codebooks_size() {
    // Given an example of one code of 512, two of 64 and two of 8
    Codes codes = Codes.of(TWO_MAPS, 511, 3, 7, 63, 0);
    // When
    double nats =
        new CodeLoss(new NativeKernels())
            .nats(network().logits(codes, Condition.NONE, Phase.EVAL), codes);
    // Then its five codes cost 9 + 2 * (6 + 3) bits
    assertThat(nats).isCloseTo(27 * Math.log(2) / 5, within(1e-6));
  }

  @Test
  void sampling_ends_with_the_last_code() {
    CodeStream stream = network().stream(1, Condition.NONE);
    for (int i = 0; i < 5; i++) {
      stream.accept(new int[] {0});
    }
    assertThatThrownBy(stream::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "all 5 codes of top 1 of K = 512 and bottom 2 of K = 64, 8 are known: there is no next"
                + " one");
  }

  private static PriorNetwork network() {
    return new UniformPrior().build(TWO_MAPS, Conditions.NONE, Scope.root(new RandomStreams(1)));
  }
}
